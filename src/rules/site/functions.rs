//! What the function of a plan unit says of a house on it.

/// Whether a house conforms to the function of a plan unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HouseThere {
    /// The unit is for dwellings.
    Conforms,
    /// It is for something else alone.
    Differs,
    /// Its words do not say.
    Unclear,
}

/// Words of functions for dwellings.
const DWELLINGS: [&str; 2] = ["nhà ở", "đất ở"];
/// Words of functions that may hold dwellings beside something else.
const MIXED: [&str; 3] = ["hỗn hợp", "tái định cư", "chung cư"];
/// Words of functions that hold none.
const OTHERS: [&str; 15] = [
    "cây xanh",
    "công viên",
    "giao thông",
    "bãi đỗ xe",
    "công trình công cộng",
    "giáo dục",
    "trường học",
    "y tế",
    "thể dục thể thao",
    "công nghiệp",
    "kho tàng",
    "nghĩa trang",
    "mặt nước",
    "tôn giáo",
    "hạ tầng kỹ thuật",
];

/// What a function, as the plan words it, says of a house.
pub(super) fn house_there(function: &str) -> HouseThere {
    let words = function.to_lowercase();
    let has = |listed: &[&str]| listed.iter().any(|word| words.contains(word));
    match (has(&DWELLINGS), has(&OTHERS), has(&MIXED)) {
        (_, _, true) | (true, true, _) | (false, false, false) => HouseThere::Unclear,
        (true, false, false) => HouseThere::Conforms,
        (false, true, false) => HouseThere::Differs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_that_says_both_or_nothing_is_unclear() {
        for (function, expected) in [
            ("Đất nhóm nhà ở hiện hữu", HouseThere::Conforms),
            ("đất ở", HouseThere::Conforms),
            ("Đất cây xanh sử dụng công cộng", HouseThere::Differs),
            ("ĐẤT GIÁO DỤC", HouseThere::Differs),
            ("Đất hỗn hợp (nhà ở, thương mại)", HouseThere::Unclear),
            ("Đất ở kết hợp cây xanh", HouseThere::Unclear),
            ("Đất thương mại, dịch vụ", HouseThere::Unclear),
            ("", HouseThere::Unclear),
        ] {
            assert_eq!(house_there(function), expected, "{function}");
        }
    }
}
