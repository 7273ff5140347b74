//! Exact plain decimals.

/// A non-negative decimal `mantissa / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: u128,
    scale: u32,
}

impl Decimal {
    /// The whole number `n`.
    pub fn whole(n: u64) -> Self {
        Self { mantissa: u128::from(n), scale: 0 }
    }

    /// Digits before and after the point; `None` where they are too many.
    pub fn of(integer: &str, fraction: &str) -> Option<Self> {
        if fraction.len() > 24 {
            return None;
        }
        let mut mantissa: u128 = 0;
        for digit in integer.chars().chain(fraction.chars()) {
            mantissa = mantissa.checked_mul(10)?.checked_add(u128::from(digit.to_digit(10)?))?;
        }
        (mantissa <= LIMIT).then_some(Self { mantissa, scale: u32::try_from(fraction.len()).ok()? })
    }

    /// The plain decimal that `text` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (integer, fraction) = text.split_once('.').unwrap_or((text, ""));
        Self::of(integer, fraction)
    }

    /// The product, without the zeros that end its fraction.
    pub fn times(self, other: Self) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(other.mantissa).filter(|&m| m <= LIMIT)?;
        Some(Self { mantissa, scale: self.scale + other.scale }.trimmed())
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let lift = |d: Self| 10_u128.checked_pow(scale - d.scale)?.checked_mul(d.mantissa);
        let mantissa = lift(self)?.checked_add(lift(other)?).filter(|&m| m <= LIMIT)?;
        Some(Self { mantissa, scale })
    }

    /// Whether it is less than `other`.
    pub fn less(self, other: Self) -> bool {
        let lift = |d: Self, by: u32| 10_u128.checked_pow(by).and_then(|p| p.checked_mul(d.mantissa));
        match (lift(self, other.scale), lift(other, self.scale)) {
            (Some(a), Some(b)) => a < b,
            (a, b) => b.is_none() && a.is_some(),
        }
    }

    /// The whole number it is, if it is one.
    pub fn integer(self) -> Option<u64> {
        let whole = self.trimmed();
        (whole.scale == 0).then(|| u64::try_from(whole.mantissa).ok())?
    }

    fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.mantissa.is_multiple_of(10) {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

/// Large enough for any amount of money, small enough that scales stay within range.
const LIMIT: u128 = 1_000_000_000_000_000_000_000_000_000;

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = format!("{:0width$}", self.mantissa, width = self.scale as usize + 1);
        let (integer, fraction) = digits.split_at(digits.len() - self.scale as usize);
        if fraction.is_empty() { f.write_str(integer) } else { write!(f, "{integer}.{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_and_plain() {
        let d = |t: &str| Decimal::parse(t).unwrap();
        let cases = [
            (d("0.1").plus(d("0.2")), "0.3"),
            (d("48.30").times(d("1")), "48.3"),
            (d("3.5").times(d("1000000")), "3500000"),
            (d("4050").times(d("0.001")), "4.05"),
            (d("7").times(d("0.001")), "0.007"),
        ];
        for (got, wanted) in cases {
            assert_eq!(got.unwrap().to_string(), wanted);
        }
        assert_eq!(d("48.30").to_string(), "48.30", "digits stay as they were written");
        assert_eq!(Decimal::of(&"9".repeat(60), ""), None, "too many digits are refused");
        assert_eq!(d("2.0").integer(), Some(2));
        assert!(d("0.5").less(d("1")) && !d("1").less(d("0.5")));
    }
}
