//! Directives: commands in the text of a chapter, `{{#name argument}}`, that become something else when the book is built.
//!
//! They are found ([`scan`]) and replaced ([`Expander`]) here. What each of them becomes is a matter of whoever has it:
//! it implements [`Directive`], and is a line of a list that goes into the [`Table`] of a book. A crate above this one has
//! such a list, and names there what its directives look things up in.

mod directive;
mod expand;
pub mod html;
mod include;
pub mod scan;
mod table;
#[cfg(feature = "testing")]
pub mod testing;

pub use self::directive::{Directive, Place, Rendered};
pub use self::expand::{Caption, Expanded, Expander, Others, Start};
pub use self::table::{MDBOOKS, Table};
