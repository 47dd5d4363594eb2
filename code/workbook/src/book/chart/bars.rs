//! Horizontal bars: one a case, its value at its end, its spread as a whisker.

use bench::results::Summary;
use plotters::style::text_anchor::HPos;

use super::super::number;
use super::super::reference::{CaseName, Reference};
use super::super::results::{Measured, measured};
use super::super::sources::{Place, Sources};
use super::canvas::{Ink, LABEL, Pen, SMALL, Type, picture, width_of};
use super::definition::Definition;
use super::scale::{Scale, tick};
use super::{Drawn, Picture, Table, WIDE, pick};

/// The chart's data.
struct Bars {
    bars: Vec<Bar>,
    log: bool,
    unit: String,
    axis: String,
}

struct Bar {
    label: String,
    /// The step of the chapter that the chart stands in.
    current: bool,
    summary: Summary,
    samples: usize,
    own: Option<Summary>,
}

/// Collects the bars of a chart.
pub fn draw<'s>(
    definition: &Definition,
    sources: &'s Sources,
    place: &Place<'_>,
) -> Result<Drawn<'s>, String> {
    let picked = pick::until(
        definition,
        sources,
        place,
        pick::cases(definition, sources)?,
    );
    let mut bars = Vec::new();
    let mut suites = Vec::new();
    let mut own_suites = Vec::new();
    let mut unit = String::new();
    for case in &picked {
        let Some(metric) = case.case.metrics.get(&definition.metric) else {
            continue;
        };
        let own = own(&case.name, definition, sources);
        own_suites.extend(own.as_ref().map(|own| own.suite));
        suites.push(case.suite);
        let reference = Reference {
            case: case.name.clone(),
            metric: definition.metric.clone(),
        };
        let found = measured(reference, metric, case.suite);
        unit = found.unit.to_owned();
        bars.push(Bar {
            label: pick::label(&case.name, None, sources),
            current: case.name.base.rsplit('/').next() == Some(place.stem()),
            summary: found.summary,
            samples: found.samples,
            own: own.map(|own| own.summary),
        });
    }
    if bars.is_empty() {
        return Err(format!(
            "none of the chart's cases has the metric `{}`",
            definition.metric
        ));
    }
    let axis = definition.y_label.clone().unwrap_or_else(|| unit.clone());
    let axis = if definition.log {
        format!("{axis}, logarithmic")
    } else {
        axis
    };
    let picture = Box::new(Bars {
        bars,
        log: definition.log,
        unit,
        axis,
    });
    Ok(Drawn {
        picture,
        suites,
        own: own_suites,
    })
}

fn own<'s>(name: &CaseName, definition: &Definition, sources: &'s Sources) -> Option<Measured<'s>> {
    let reference = Reference {
        case: name.clone(),
        metric: definition.metric.clone(),
    };
    sources.own.as_ref()?.find(&reference).ok()
}

/// Where things are in one drawing.
struct Layout {
    /// Labels stand above their bars and not beside them.
    stacked: bool,
    /// Left end of the bars.
    left: i32,
    /// Right end of the longest possible bar.
    right: i32,
    /// From one bar to the next.
    row: i32,
    /// From the top of a row to the top of its bar.
    bar_top: i32,
}

/// The top of the first row; the axis' name is above it.
const TOP: i32 = 34;
/// How thick a bar is.
const BAR: i32 = 20;
/// How thick the reader's bar is.
const OWN_BAR: i32 = 10;
/// The room for the ticks.
const BOTTOM: i32 = 26;

impl Bars {
    fn layout(&self, width: u32) -> Layout {
        let stacked = width < WIDE;
        let widest = |texts: Vec<String>| {
            texts
                .iter()
                .map(|text| width_of(text, LABEL))
                .max()
                .unwrap_or(0)
        };
        let labels = widest(self.bars.iter().map(|bar| bar.label.clone()).collect());
        let values = self.bars.iter().flat_map(|bar| {
            let own = bar.own.map(|own| self.own_value(&own));
            [Some(self.value(&bar.summary)), own].into_iter().flatten()
        });
        let values = widest(values.collect());
        let own = if self.bars.iter().any(|bar| bar.own.is_some()) {
            OWN_BAR + 4
        } else {
            0
        };
        let label_row = if stacked { 22 } else { 0 };
        Layout {
            stacked,
            left: if stacked {
                0
            } else {
                (labels + 16).min(width as i32 * 2 / 5)
            },
            right: width as i32 - values - 18,
            row: label_row + BAR + own + 16,
            bar_top: label_row,
        }
    }

    fn value(&self, summary: &Summary) -> String {
        let (value, unit) = number::split(summary.median, &self.unit);
        // The axis says the unit, unless each value has a unit that fits it.
        if unit == self.unit {
            number::join(&value, "")
        } else {
            number::join(&value, &unit)
        }
    }

    fn own_value(&self, summary: &Summary) -> String {
        format!("{} yours", self.value(summary))
    }

    fn scale(&self, layout: &Layout) -> Scale {
        let all = || {
            self.bars
                .iter()
                .flat_map(|bar| [Some(bar.summary), bar.own])
                .flatten()
        };
        let low = all()
            .map(|summary| summary.low)
            .fold(f64::INFINITY, f64::min);
        let high = all().map(|summary| summary.high).fold(0.0, f64::max);
        Scale::around(low, high, self.log, (layout.left, layout.right))
    }

    fn grid(&self, pen: &Pen<'_>, layout: &Layout, scale: &Scale, bottom: i32) {
        pen.text(&self.axis, (layout.left, 12), Type::small(HPos::Left));
        let mut free_from = i32::MIN;
        for value in scale.ticks() {
            let x = scale.place(value);
            pen.path(&[(x, TOP - 8), (x, bottom)], Ink::Grid, 1);
            let text = tick(value, &self.unit);
            let half = width_of(&text, SMALL) / 2;
            if x - half < free_from {
                continue;
            }
            // The first tick stands under the bars' ends and not across the edge of the drawing.
            let align = if x - half < 0 {
                HPos::Left
            } else {
                HPos::Center
            };
            pen.text(&text, (x, bottom + 14), Type::small(align));
            free_from = x + half + 10;
        }
    }

    fn bar(&self, pen: &Pen<'_>, layout: &Layout, scale: &Scale, top: i32, bar: &Bar) {
        let anyone_current = self.bars.iter().any(|bar| bar.current);
        let bold = bar.current;
        let label = Type {
            bold,
            ..Type::label()
        };
        let label_at = if layout.stacked {
            top + 9
        } else {
            top + BAR / 2
        };
        pen.text(&bar.label, (0, label_at), label);
        let bar_top = top + layout.bar_top;
        let middle = bar_top + BAR / 2;
        let end = scale.place(bar.summary.median);
        let opacity = if bar.current || !anyone_current {
            1.0
        } else {
            0.45
        };
        pen.fill(
            (layout.left, bar_top),
            (end, bar_top + BAR),
            Ink::Data(0),
            opacity,
        );
        let (low, high) = (scale.place(bar.summary.low), scale.place(bar.summary.high));
        pen.whisker((low, middle), (high, middle), Ink::Text);
        pen.text(
            &self.value(&bar.summary),
            (end.max(high) + 8, middle),
            label,
        );
        if let Some(own) = &bar.own {
            let top = bar_top + BAR + 4;
            let end = scale.place(own.median);
            pen.outline((layout.left + 1, top), (end, top + OWN_BAR), Ink::Own);
            let set = Type {
                size: SMALL,
                ..Type::small(HPos::Left)
            };
            pen.text(&self.own_value(own), (end + 8, top + OWN_BAR / 2), set);
        }
    }
}

impl Picture for Bars {
    fn svg(&self, width: u32) -> String {
        let layout = self.layout(width);
        let scale = self.scale(&layout);
        let bottom = TOP + layout.row * self.bars.len() as i32 - 10;
        picture(width, (bottom + BOTTOM) as u32, |pen| {
            self.grid(pen, &layout, &scale, bottom);
            for (at, bar) in self.bars.iter().enumerate() {
                self.bar(pen, &layout, &scale, TOP + layout.row * at as i32, bar);
            }
        })
    }

    fn table(&self) -> Table {
        let with_own = self.bars.iter().any(|bar| bar.own.is_some());
        let mut head = vec![
            "",
            "median",
            "10th percentile",
            "90th percentile",
            "samples",
        ];
        head.extend(with_own.then_some("yours"));
        let quantity = |value| number::quantity(value, &self.unit);
        let rows = self.bars.iter().map(|bar| {
            let Summary { median, low, high } = bar.summary;
            let mut row = vec![
                bar.label.clone(),
                quantity(median),
                quantity(low),
                quantity(high),
            ];
            row.push(bar.samples.to_string());
            if with_own {
                row.push(
                    bar.own
                        .map_or_else(|| "–".to_owned(), |own| quantity(own.median)),
                );
            }
            row
        });
        Table {
            head: head.into_iter().map(String::from).collect(),
            rows: rows.collect(),
        }
    }
}
