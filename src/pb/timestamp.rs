//! `google.protobuf.Timestamp` with its proto3 JSON form: RFC 3339 in UTC, ending in `Z`, with 0, 3, 6 or 9 digits of
//! the second. (The types of prost have no JSON form; those of pbjson write `+00:00`.)

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

/// A point in time, as seconds and nanoseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, Hash, prost::Message)]
pub struct Timestamp {
    /// Seconds, of the years 1 to 9999.
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    /// Nanoseconds after the second, 0 to 999,999,999.
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(at: jiff::Timestamp) -> Self {
        // before 1970 too, the nanoseconds of protobuf go forward
        match (at.as_second(), at.subsec_nanosecond()) {
            (seconds, nanos @ ..0) => Self { seconds: seconds - 1, nanos: nanos + 1_000_000_000 },
            (seconds, nanos) => Self { seconds, nanos },
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = jiff::Timestamp::new(self.seconds, self.nanos).map_err(ser::Error::custom)?;
        serializer.collect_str(&match self.nanos {
            0 => format!("{at:.0}"),
            n if n % 1_000_000 == 0 => format!("{at:.3}"),
            n if n % 1_000 == 0 => format!("{at:.6}"),
            _ => format!("{at:.9}"),
        })
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let at: jiff::Timestamp = String::deserialize(deserializer)?.parse().map_err(de::Error::custom)?;
        Ok(at.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_form_is_that_of_proto3() {
        let cases = [
            (0, 0, "1970-01-01T00:00:00Z"),
            (1_757_980_800, 0, "2025-09-16T00:00:00Z"),
            (1_757_980_800, 500_000_000, "2025-09-16T00:00:00.500Z"),
            (1_757_980_800, 5_000, "2025-09-16T00:00:00.000005Z"),
            (1_757_980_800, 5, "2025-09-16T00:00:00.000000005Z"),
            (-1, 250_000_000, "1969-12-31T23:59:59.250Z"),
        ];
        for (seconds, nanos, json) in cases {
            let at = Timestamp { seconds, nanos };
            assert_eq!(serde_json::to_value(at).unwrap(), json);
            assert_eq!(serde_json::from_value::<Timestamp>(json.into()).unwrap(), at, "{json}");
        }
        let zoned: Timestamp = serde_json::from_value("2025-09-16T03:00:00+03:00".into()).unwrap();
        assert_eq!(zoned.seconds, 1_757_980_800);
        for wrong in ["", "2025-09-16", "2025-13-01T00:00:00Z", "yesterday"] {
            assert!(serde_json::from_value::<Timestamp>(wrong.into()).is_err(), "{wrong:?}");
        }
    }
}
