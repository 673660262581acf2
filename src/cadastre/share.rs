//! Shares of a right, added without rounding.

use super::{Day, Interval, RrrType};
use std::cmp::Ordering;
use std::num::NonZeroU32;

/// A share, such as one half: more than nothing and at most the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share {
    numerator: u32,
    denominator: NonZeroU32,
}

impl Share {
    /// All of a right.
    pub const WHOLE: Self = Self {
        numerator: 1,
        denominator: NonZeroU32::MIN,
    };

    /// `numerator` of `denominator` parts; nothing unless `0 < numerator ≤ denominator`.
    pub fn new(numerator: u32, denominator: u32) -> Option<Self> {
        let possible = 0 < numerator && numerator <= denominator;
        let denominator = NonZeroU32::new(denominator).filter(|_| possible)?;
        Some(Self {
            numerator,
            denominator,
        })
    }

    /// Parts held.
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// Parts in all.
    pub const fn denominator(self) -> u32 {
        self.denominator.get()
    }

    /// Whether shares add up to more than one; exact as long as their common denominator is below
    /// 2^128, beyond that to one part in a thousand millions.
    ///
    /// ```
    /// # use diachinh::cadastre::Share;
    /// let third = Share::new(1, 3).unwrap();
    /// assert!(!Share::exceed_one([third; 3]));
    /// assert!(Share::exceed_one([third, third, Share::new(3334, 10_000).unwrap()]));
    /// ```
    pub fn exceed_one(shares: impl IntoIterator<Item = Self>) -> bool {
        Self::beside_one(shares) == Ordering::Greater
    }

    /// Whether shares add up to one or more, as exactly as [`Share::exceed_one`].
    pub fn reach_one(shares: impl IntoIterator<Item = Self>) -> bool {
        Self::beside_one(shares) != Ordering::Less
    }

    /// How the sum of shares compares with one.
    fn beside_one(shares: impl IntoIterator<Item = Self>) -> Ordering {
        let shares: Vec<Self> = shares.into_iter().collect();
        let exact = shares.iter().try_fold((0_u128, 1_u128), |sum, share| {
            added(
                sum,
                (share.numerator.into(), share.denominator.get().into()),
            )
        });
        match exact {
            Some((numerator, denominator)) => numerator.cmp(&denominator),
            None => {
                let part = |s: &Self| f64::from(s.numerator) / f64::from(s.denominator.get());
                match shares.iter().map(part).sum::<f64>() - 1.0 {
                    over if over > 1e-9 => Ordering::Greater,
                    under if under < -1e-9 => Ordering::Less,
                    _ => Ordering::Equal,
                }
            }
        }
    }
}

/// The first day on which shares, each with its days, add up to more than one.
pub fn first_day_over_one(shares: &[(Interval<Day>, Share)]) -> Option<Day> {
    let mut days: Vec<Day> = shares.iter().map(|(valid, _)| valid.from).collect();
    days.sort_unstable();
    days.into_iter().find(|day| {
        let holding = shares.iter().filter(|(valid, _)| valid.has(*day));
        Share::exceed_one(holding.map(|(_, share)| *share))
    })
}

/// A share that a certificate states of a right, with its days; without a share it is of all that
/// the certificate gives.
pub type Claimed = (Interval<Day>, Option<Share>);

/// Whether a right counts where several certificates give the same kind of it on one parcel. A right
/// of use counts also without a share; what any other right without one is of, nobody can tell:
/// several owners of flats each have their own in one house.
pub fn is_counted(what: RrrType, stated: Option<Share>) -> bool {
    stated.is_some() || what == RrrType::LandUse
}

/// The first day on which several certificates of one kind of right together give more than there
/// is. What one of them gives is the whole at most: spouses without shares have it together. Two
/// without a share each give the whole; more than two on one day have it in common, as the owners
/// of the flats of a building have the use of its land.
pub fn first_day_over_one_among(certificates: &[&[Claimed]]) -> Option<Day> {
    let claimed = certificates.iter().flat_map(|claims| claims.iter());
    let mut days: Vec<Day> = claimed.map(|(valid, _)| valid.from).collect();
    days.sort_unstable();
    days.into_iter().find(|day| {
        let holding = certificates.iter().map(|claims| {
            let holding = claims.iter().filter(|(valid, _)| valid.has(*day));
            holding.map(|(_, share)| *share).collect::<Vec<_>>()
        });
        let holding: Vec<Vec<Option<Share>>> = holding.collect();
        let is_unstated = |shares: &&Vec<Option<Share>>| shares.contains(&None);
        let in_common = holding.iter().filter(is_unstated).count() > 2;
        let mut all = Vec::new();
        for shares in &holding {
            let stated = || shares.iter().copied().flatten();
            if is_unstated(&shares) {
                all.extend((!in_common).then_some(Share::WHOLE));
            } else if Share::exceed_one(stated()) {
                all.push(Share::WHOLE);
            } else {
                all.extend(stated());
            }
        }
        Share::exceed_one(all)
    })
}

/// The sum of two fractions over their least common denominator; nothing beyond 2^128.
fn added((a, b): (u128, u128), (c, d): (u128, u128)) -> Option<(u128, u128)> {
    let common = divisor(b, d);
    let denominator = (b / common).checked_mul(d)?;
    let left = a.checked_mul(d / common)?;
    let numerator = left.checked_add(c.checked_mul(b / common)?)?;
    Some((numerator, denominator))
}

/// The greatest common divisor; neither is zero.
fn divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(numerator: u32, denominator: u32) -> Share {
        Share::new(numerator, denominator).expect("a share")
    }

    #[test]
    fn a_share_is_more_than_nothing_and_at_most_the_whole() {
        assert!(Share::new(1, 1).is_some());
        for (numerator, denominator) in [(0, 1), (2, 1), (1, 0), (0, 0)] {
            assert_eq!(Share::new(numerator, denominator), None);
        }
    }

    #[test]
    fn shares_may_reach_one_and_not_pass_it_by_the_least_part() {
        assert!(!Share::exceed_one([]));
        assert!(!Share::exceed_one([share(1, 2), share(1, 3), share(1, 6)]));
        let over = share(u32::MAX / 2 + 2, u32::MAX);
        assert!(Share::exceed_one([over, share(1, 2)]));
        let under = share(u32::MAX / 2, u32::MAX);
        assert!(!Share::exceed_one([under, share(1, 2)]));
        assert!(!Share::reach_one([under, share(1, 2)]));
        assert!(Share::reach_one([share(1, 2), share(1, 3), share(1, 6)]));
    }

    #[test]
    fn many_unlike_denominators_are_still_added() {
        let primes = [4_294_967_291, 4_294_967_279, 4_294_967_231, 4_294_967_197];
        let fifths = primes.map(|p| share(p / 5, p));
        assert!(!Share::exceed_one(fifths));
        assert!(Share::exceed_one(fifths.into_iter().chain([share(1, 4)])));
    }

    #[test]
    fn certificates_pass_the_whole_together_and_one_alone_is_whole_at_most() {
        let days = |from, to: Option<i32>| Interval {
            from: Day(from),
            to: to.map(Day),
        };
        let spouses = [(days(1, None), Some(Share::WHOLE)); 2];
        let (half, later) = (
            [(days(3, None), Some(share(1, 2)))],
            [(days(9, None), Some(share(1, 2)))],
        );
        let over = |certificates: &[&[_]]| first_day_over_one_among(certificates);
        assert_eq!(over(&[&spouses]), None);
        assert_eq!(over(&[&half, &later]), None);
        assert_eq!(over(&[&half, &later, &half]), Some(Day(9)));
        assert_eq!(over(&[&spouses, &half]), Some(Day(3)));
        let ended = [(days(1, Some(3)), Some(Share::WHOLE))];
        assert_eq!(over(&[&ended, &half]), None);
    }

    #[test]
    fn two_certificates_without_a_share_exclude_each_other_and_more_have_it_in_common() {
        let of = |from, share| {
            let valid = Interval {
                from: Day(from),
                to: None,
            };
            [(valid, share)]
        };
        let (first, second, third) = (of(1, None), of(2, None), of(2, None));
        let over = |certificates: &[&[_]]| first_day_over_one_among(certificates);
        assert_eq!(over(&[&first]), None);
        assert_eq!(over(&[&first, &second]), Some(Day(2)));
        assert_eq!(over(&[&first, &second, &third]), None);
        let whole = of(3, Some(Share::WHOLE));
        assert_eq!(over(&[&whole, &whole, &whole]), Some(Day(3)));
    }

    #[test]
    fn a_share_that_is_not_stated_counts_for_the_use_of_land_alone() {
        assert!(is_counted(RrrType::LandUse, None));
        assert!(!is_counted(RrrType::BuildingOwnership, None));
        assert!(is_counted(RrrType::BuildingOwnership, Some(share(1, 2))));
    }

    #[test]
    fn shares_that_follow_each_other_are_not_added() {
        let days = |from, to: Option<i32>| Interval {
            from: Day(from),
            to: to.map(Day),
        };
        let (half, whole) = (share(1, 2), share(1, 1));
        let following = [
            (days(1, Some(5)), whole),
            (days(5, None), half),
            (days(7, None), half),
        ];
        assert_eq!(first_day_over_one(&following), None);
        let meeting = [(days(1, Some(6)), whole), (days(5, None), half)];
        assert_eq!(first_day_over_one(&meeting), Some(Day(5)));
    }
}
