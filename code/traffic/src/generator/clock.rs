//! The simulated clock: the time of each line, with a day and a night.
//!
//! The calendar is `civil_from_days` of Howard Hinnant's "chrono-Compatible Low-Level Date
//! Algorithms" (2013): a few integer divisions, no table, no time zone.

use super::decimal::two_digits;

/// 2025-01-06 00:00:00 UTC, a Monday, in microseconds of Unix time.
const START_US: u64 = 1_736_121_600_000_000;

/// Hits a day: a log of a million lines shows four days and four nights.
const HITS_A_DAY: u64 = 250_000;

const SECOND_US: u64 = 1_000_000;
const DAY_US: u64 = 86_400 * SECOND_US;

/// How busy each hour of the day is, in percent of the mean: a night, a morning that fills up, a
/// long afternoon, an evening peak. Made up; the mean is 100.
const BUSY: [u64; 24] = [
    45, 32, 24, 20, 20, 26, 42, 66, 97, 126, 138, 141, 136, 138, 141, 140, 136, 132, 140, 156, 164,
    158, 110, 72,
];

const MONTHS: &[u8; 36] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

/// The time of the log, as a number and as an access log writes it.
pub struct Clock {
    now_us: u64,
    /// The second and the day that `text` shows: most lines change neither's text by much.
    second: u64,
    day: u64,
    text: [u8; 28],
}

impl Clock {
    /// A clock at the start of every log.
    pub fn new() -> Clock {
        let mut clock = Clock {
            now_us: START_US,
            second: START_US / SECOND_US,
            day: START_US / DAY_US,
            text: *b"[00/Jan/0000:00:00:00 +0000]",
        };
        clock.write_date();
        clock
    }

    /// Lets time pass to the next hit: twice the hour's mean gap at most, nothing at least.
    ///
    /// `hurry` divides the gap: how many times as fast as usual the hits arrive.
    pub fn advance(&mut self, random: u32, hurry: u32) {
        let hour = self.now_us % DAY_US / (3_600 * SECOND_US);
        let gap_max = 2 * DAY_US * 100 / (HITS_A_DAY * BUSY[hour as usize] * u64::from(hurry));
        self.now_us += (gap_max * u64::from(random)) >> 32;
    }

    /// The time in brackets, as in `[06/Jan/2025:00:00:00 +0000]`.
    pub fn text(&mut self) -> &[u8; 28] {
        let second = self.now_us / SECOND_US;
        if second != self.second {
            self.second = second;
            if second / 86_400 != self.day {
                self.day = second / 86_400;
                self.write_date();
            }
            two_digits(second / 3_600 % 24, &mut self.text[13..]);
            two_digits(second / 60 % 60, &mut self.text[16..]);
            two_digits(second % 60, &mut self.text[19..]);
        }
        &self.text
    }

    fn write_date(&mut self) {
        let (year, month, day) = civil_from_days(self.day);
        let name = 3 * (month as usize - 1);
        two_digits(day, &mut self.text[1..]);
        self.text[4..7].copy_from_slice(&MONTHS[name..name + 3]);
        two_digits(year / 100 % 100, &mut self.text[8..]);
        two_digits(year % 100, &mut self.text[10..]);
    }
}

/// Year, month and day (from 1) of a day, counted from 1970-01-01. Years begin in March inside, so
/// that the leap day is the last of its year.
fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_dates() {
        assert_eq!(civil_from_days(0), (1970, 1, 1));
        assert_eq!(civil_from_days(11_016), (2000, 2, 29));
        assert_eq!(civil_from_days(11_017), (2000, 3, 1));
        assert_eq!(civil_from_days(47_540), (2100, 2, 28));
        assert_eq!(civil_from_days(47_541), (2100, 3, 1));
        assert_eq!(civil_from_days(20_453), (2025, 12, 31));
        assert_eq!(civil_from_days(20_454), (2026, 1, 1));
    }

    #[test]
    fn the_text_follows_the_time() {
        let mut clock = Clock::new();
        assert_eq!(clock.text(), b"[06/Jan/2025:00:00:00 +0000]");
        clock.now_us += 31 * DAY_US - 1;
        assert_eq!(clock.text(), b"[05/Feb/2025:23:59:59 +0000]");
        clock.now_us += 1;
        assert_eq!(clock.text(), b"[06/Feb/2025:00:00:00 +0000]");
    }

    #[test]
    fn a_day_has_its_hits_and_a_rhythm() {
        assert_eq!(BUSY.iter().sum::<u64>(), 2_400);
        let mut clock = Clock::new();
        let mut hits = [0_u64; 24];
        while clock.now_us < START_US + DAY_US {
            hits[(clock.now_us % DAY_US / (3_600 * SECOND_US)) as usize] += 1;
            // The middle of the range is the mean gap.
            clock.advance(1 << 31, 1);
        }
        assert!(hits.iter().sum::<u64>().abs_diff(HITS_A_DAY) < 100);
        assert!(hits[20] > 7 * hits[3]);
    }
}
