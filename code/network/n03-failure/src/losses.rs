//! When the coordinator gives a worker up, and how it fills its place again.

use tokio::time::Instant;
use traffic::Error;

use crate::coordinator::Coordinator;
use crate::ledger::Worker;
use crate::member::Standing;
use crate::peer::Peer;
use crate::terms::Ack;

impl Coordinator<'_> {
    /// Gives a worker up: its leases are revoked, and its place is filled again.
    pub(crate) fn give_up(
        &mut self,
        worker: Worker,
        standing: Standing,
        why: &str,
    ) -> Result<(), Error> {
        let member = &mut self.members[worker];
        let before = std::mem::replace(&mut member.standing, standing);
        member.was_given_up = true;
        if before == Standing::Gone {
            return Ok(());
        }
        let (name, last_word) = (member.name.clone(), member.last_word);
        if self.terms.ack == Ack::None || member.is_here {
            return Err(Error::Lost(format!("{name} {why}")));
        }
        let place = member.place;
        let ranges = self.ledger.take_back(worker, last_word);
        self.meter.tell(match ranges.len() {
            0 => format!("{name} {why}; it had nothing to do"),
            1 => format!("{name} {why}; range {} is done again", ranges[0]),
            many => format!("{name} {why}; {many} ranges are done again"),
        });
        if !ranges.is_empty() {
            self.repairs.begin(name, last_word, ranges);
        }
        self.count_workers();
        // One that was given up before has been replaced.
        if let (Standing::Trusted, Some(place)) = (before, place) {
            self.replace(place);
        }
        Ok(())
    }

    /// Fills a place again, if that has not been done too often.
    pub(crate) fn replace(&mut self, place: usize) {
        self.lost[place] += 1;
        let (lost, most) = (self.lost[place], self.terms.restarts);
        if lost > most {
            if lost == most + 1 {
                let place = place + 1;
                self.meter
                    .tell(format!("place {place} is not filled any more"));
            }
            return;
        }
        let (places, directory, plan) = (self.places, self.directory, self.plan);
        self.joining.push(Box::pin(async move {
            (place, places.fill(place, lost, directory, plan).await)
        }));
    }

    /// A place was filled, or could not be.
    pub(crate) fn joined(&mut self, place: usize, peer: Result<Option<Peer>, Error>) {
        match peer {
            Ok(Some(peer)) => self.add(place, peer),
            Ok(None) => self.add_here(Some(place)),
            Err(err) => {
                self.unreached(place, err.to_string());
                self.replace(place);
            }
        }
    }

    /// Tells why a place could not be filled, once: where a host is gone, each try ends with the same sentence.
    pub(crate) fn unreached(&mut self, place: usize, why: String) {
        if self.unreached[place].as_ref() != Some(&why) {
            self.meter.tell(why.clone());
            self.unreached[place] = Some(why);
        }
    }

    /// Looks at what time has brought: silence, leases that are over, and that no worker is left.
    pub(crate) fn look_around(&mut self, now: Instant) -> Result<(), Error> {
        for worker in 0..self.members.len() {
            let silent_at = self.members[worker].silent_at(self.terms.silence);
            if silent_at.is_some_and(|at| at <= now) {
                let s = self.terms.silence.as_secs_f64();
                self.give_up(worker, Standing::Silent, &format!("was silent for {s} s"))?;
            }
        }
        while let Some((worker, range)) = self.ledger.overdue(now) {
            let why = format!("has kept range {range} for too long");
            self.give_up(worker, Standing::Slow, &why)?;
        }
        if self.needs_us(now) {
            self.add_here(None);
        }
        Ok(())
    }

    /// Whether this process has to do the work itself: no worker is left, or has been there for as long as
    /// silence may last; or no other may try a range again.
    fn needs_us(&self, now: Instant) -> bool {
        let is_over = |alone| self.joining.is_empty() || alone + self.terms.silence <= now;
        let is_here = self.members.iter().any(|member| member.is_here);
        !is_here && (self.alone.is_some_and(is_over) || self.ledger.has_last_resorts())
    }

    /// When to look around again, if nothing is heard before.
    pub(crate) fn next_look(&self) -> Instant {
        let now = Instant::now();
        if self.needs_us(now) {
            return now;
        }
        let silent = self.members.iter();
        let silent = silent.filter_map(|member| member.silent_at(self.terms.silence));
        let alone = self.alone.map(|alone| alone + self.terms.silence);
        let looks = silent.chain(self.ledger.next_due()).chain(alone);
        looks.min().unwrap_or(now + self.terms.silence)
    }
}
