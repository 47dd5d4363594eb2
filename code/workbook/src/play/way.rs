//! The shortest way to the bad end, as a table.

use play::Graph;

/// One step of it.
pub struct Row<'g> {
    /// Whose step it is.
    pub party: &'g str,
    /// What is told of it.
    pub told: &'g str,
    /// What has another value than before: a name, and the value.
    pub changed: Vec<(&'g str, &'g str)>,
}

/// The steps from the beginning to the nearest bad end.
pub fn rows(graph: &Graph) -> Vec<Row<'_>> {
    let way = graph.shortest_way();
    (way.iter())
        .map(|(before, choice)| {
            let after = &graph.positions[choice.to];
            let values = graph
                .shown
                .iter()
                .zip(before.values.iter().zip(&after.values));
            Row {
                party: &graph.parties[choice.party].name,
                told: &graph.texts[choice.told],
                changed: values
                    .filter(|(_, (before, after))| before != after)
                    .map(|(name, (_, after))| (name.as_str(), graph.texts[*after].as_str()))
                    .collect(),
            }
        })
        .collect()
}
