//! Which keys go together in a chart's definition.

use super::{Cases, Definition, Kind};

impl Definition {
    /// Whether the keys make sense together.
    ///
    /// # Errors
    ///
    /// If they do not: the first contradiction.
    pub fn check(&self) -> Result<(), String> {
        let flame = self.kind == Kind::Flame;
        let record = self.kind == Kind::Record;
        let cases = match &self.cases {
            Cases::Prefix(_) => None,
            Cases::List(listed) => Some(listed.len()),
        };
        let several = !self.metrics.is_empty();
        let wrong = if flame && self.profile.is_none() {
            "a flame graph needs `profile`, the name of its folded stacks in the folder of the results"
        } else if flame && (cases != Some(0) || several || self.metric.is_some()) {
            "a flame graph is drawn from its `profile` and shows no cases or metrics"
        } else if !flame && self.profile.is_some() {
            "`profile` is for a flame graph"
        } else if record != self.record.is_some() {
            "a chart of the kind `record` needs the table `record`, and others have none"
        } else if record && (cases != Some(0) || several || self.metric.is_some()) {
            "a record's rows are drawn from its file, and it shows no cases or metrics"
        } else if !flame && !record && cases == Some(0) {
            "the chart needs `cases`, a prefix or a list"
        } else if self.condition.is_some() && cases.is_some() {
            "`where` is for `cases` that are a prefix"
        } else if several && self.metric.is_some() {
            "the chart has both `metric` and `metrics`, where one of them is enough"
        } else if several && !matches!(self.kind, Kind::Bars | Kind::Series) {
            "`metrics` is for bars and series, others show one `metric`"
        } else if several && cases != Some(1) {
            "`metrics` needs a list of one case, whose metrics they are"
        } else if self.reference.is_some() && self.kind != Kind::Bars {
            "`reference` is for bars"
        } else if self.reference.is_some() && several {
            "`reference` needs one `metric`, and not `metrics`"
        } else if self.reference_name.is_some() && self.reference.is_none() {
            "`reference_name` names a `reference`, and there is none"
        } else if self.hoped.is_some()
            && (self.kind != Kind::Bars || cases.is_none_or(|cases| cases < 2))
        {
            "`hoped` is for bars, of which it compares the last of a list with the first"
        } else if self.hoped_name.is_some() && self.hoped.is_none() {
            "`hoped_name` names what was `hoped`, and nothing was"
        } else if let Some(wrong) = self.check_dots(cases) {
            wrong
        } else {
            return Ok(());
        };
        Err(wrong.to_owned())
    }
    /// What is wrong with the lists beside the list of cases, which dots have.
    fn check_dots(&self, cases: Option<usize>) -> Option<&'static str> {
        let lists = [&self.beside, &self.given];
        let fit = |list: &&Vec<String>| list.is_empty() || Some(list.len()) == cases;
        let ways = if self.beside.is_empty() { 1 } else { 2 };
        if self.kind != Kind::Dots {
            let any = lists.iter().any(|list| !list.is_empty()) || !self.sets.is_empty();
            return any.then_some("`beside`, `sets` and `given` are for dots");
        }
        if !lists.iter().all(fit) {
            Some("`beside` and `given` need an entry for each of the `cases`")
        } else if !self.sets.is_empty() && self.sets.len() != ways || self.sets.len() + 1 < ways {
            Some("`sets` names the cases and those `beside` them")
        } else if !self.names.is_empty() && Some(self.names.len()) != cases {
            Some("`names` needs an entry for each of the `cases`")
        } else {
            None
        }
    }
}
