//! Shares of a right, added without rounding.

use super::{Day, Interval, RrrType};
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
        let shares: Vec<Self> = shares.into_iter().collect();
        let exact = shares.iter().try_fold((0_u128, 1_u128), |sum, share| {
            added(
                sum,
                (share.numerator.into(), share.denominator.get().into()),
            )
        });
        match exact {
            Some((numerator, denominator)) => numerator > denominator,
            None => {
                let part = |s: &Self| f64::from(s.numerator) / f64::from(s.denominator.get());
                shares.iter().map(part).sum::<f64>() > 1.0 + 1e-9
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

/// The share that counts when several certificates give the same kind of right on one parcel. A right
/// of use without a share is of the whole; what any other right without one is of, nobody can tell:
/// several owners of flats each have their own in one house.
pub fn counted_share(what: RrrType, stated: Option<Share>) -> Option<Share> {
    stated.or_else(|| (what == RrrType::LandUse).then_some(Share::WHOLE))
}

/// The first day on which shares, by the certificate that gives them, add up to more than one over
/// several certificates. What one of them gives is the whole at most: spouses without shares have
/// it together.
pub fn first_day_over_one_among(certificates: &[&[(Interval<Day>, Share)]]) -> Option<Day> {
    let given = certificates.iter().flat_map(|shares| shares.iter());
    let mut days: Vec<Day> = given.map(|(valid, _)| valid.from).collect();
    days.sort_unstable();
    days.into_iter().find(|day| {
        let mut all = Vec::new();
        for certificate in certificates {
            let holding = certificate.iter().filter(|(valid, _)| valid.has(*day));
            let shares: Vec<Share> = holding.map(|(_, share)| *share).collect();
            if Share::exceed_one(shares.iter().copied()) {
                all.push(Share::WHOLE);
            } else {
                all.extend(shares);
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
        let spouses = [(days(1, None), Share::WHOLE); 2];
        let (half, later) = (
            [(days(3, None), share(1, 2))],
            [(days(9, None), share(1, 2))],
        );
        let over = |certificates: &[&[_]]| first_day_over_one_among(certificates);
        assert_eq!(over(&[&spouses]), None);
        assert_eq!(over(&[&half, &later]), None);
        assert_eq!(over(&[&half, &later, &half]), Some(Day(9)));
        assert_eq!(over(&[&spouses, &half]), Some(Day(3)));
        assert_eq!(over(&[&[(days(1, Some(3)), Share::WHOLE)], &half]), None);
    }

    #[test]
    fn a_share_that_is_not_stated_counts_as_the_whole_for_the_use_of_land_alone() {
        assert_eq!(counted_share(RrrType::LandUse, None), Some(Share::WHOLE));
        assert_eq!(counted_share(RrrType::BuildingOwnership, None), None);
        let half = Some(share(1, 2));
        assert_eq!(counted_share(RrrType::BuildingOwnership, half), half);
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
