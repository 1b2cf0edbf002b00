//! From a checked table to frames of the wanted columns: whole, or batch by batch.

use polars::prelude::DataFrame;
use rayon::prelude::*;

use super::cells::Rows;
use super::disk::Disk;
use super::error::LoadError;
use super::groups::Groups;
use super::params::Settings;
use super::part::Part;
use super::read::Checked;
use super::record::{Layout, trim};
use super::typed::Target;
use super::{Content, Kind, ReadAs, SeenColumn, Source, Wanted, memory, parquet};

/// Rows of one batch of a frame that is held whole.
pub(super) const ROWS: usize = 1 << 17;

impl Source {
    /// Reads the wanted columns, in the order wanted; rows in the order of the input.
    ///
    /// # Errors
    ///
    /// A column that does not exist, or whose values are not (all, and without doubt)
    /// what they are to be read as.
    pub fn read(&self, wanted: &[Wanted]) -> Result<DataFrame, LoadError> {
        let file = self.facts.shown_as.as_str();
        let targets = self.targets(wanted)?;
        match &self.content {
            Content::Parquet(frame) => parquet::read(frame, &self.settings, &targets, 1, file),
            Content::Csv { text, layout, parts } => {
                memory::keep_freed();
                let checked = self.checked(text, layout);
                let read =
                    |part: &Part| checked.part(part, &targets).map_err(|error| self.own(error));
                let parts = parts.par_iter().filter(|part| part.n_rows > 0);
                let frames: Vec<Result<DataFrame, LoadError>> = parts.map(read).collect();
                self.together(&mut frames.into_iter())
            }
            Content::Groups(_) | Content::Texts(_) => {
                let mut frames = Vec::new();
                self.each_batch(wanted, &mut |batch| {
                    frames.push(Ok(batch));
                    Ok::<(), LoadError>(())
                })?;
                self.together(&mut frames.into_iter())
            }
        }
    }

    /// As [`Source::read`], without a frame where all columns are plain.
    ///
    /// # Errors
    ///
    /// As [`Source::read`].
    pub fn rows<'a>(&'a self, wanted: &'a [Wanted]) -> Result<Rows<'a>, LoadError> {
        if let Content::Csv { text, layout, parts } = &self.content {
            memory::keep_freed();
            let (targets, checked) = (self.targets(wanted)?, self.checked(text, layout));
            let plain = |target: &Target| checked.plain(parts, target);
            if let Some(columns) = targets.par_iter().map(plain).collect() {
                return Ok(Rows::Columns(columns));
            }
        }
        self.read(wanted).map(Rows::Frame)
    }

    /// One frame below the other.
    fn together(
        &self,
        frames: &mut dyn Iterator<Item = Result<DataFrame, LoadError>>,
    ) -> Result<DataFrame, LoadError> {
        let mut whole = frames.next().ok_or_else(|| self.internal("the batches"))??;
        for frame in frames {
            whole.vstack_mut_owned(frame?).map_err(|_| self.internal("a batch"))?;
        }
        Ok(whole)
    }

    pub(super) fn checked<'a>(&'a self, text: &'a [u8], layout: &'a Layout) -> Checked<'a> {
        Checked {
            text,
            layout,
            settings: &self.settings,
            n_columns: self.columns.len(),
            n_rows: self.accounting.used,
            file: self.facts.shown_as.as_str(),
        }
    }

    /// Gives the wanted columns to `take`, batch by batch; rows in the order of the input.
    /// The next batches are read while `take` works, at most as many as there are threads.
    /// Where batches end depends on the file alone.
    ///
    /// # Errors
    ///
    /// As [`Source::read`], and the first error of `take`, after which nothing more is read.
    pub fn each_batch<E: From<LoadError>>(
        &self,
        wanted: &[Wanted],
        take: &mut dyn FnMut(DataFrame) -> Result<(), E>,
    ) -> Result<(), E> {
        let targets = self.targets(wanted)?;
        let part = |checked: &Checked<'_>, part: &Part| {
            checked.part(part, &targets).map_err(|error| self.own(error))
        };
        let stored = |stored: Stored| stored.frame(&self.settings, &targets);
        self.each(&part, &stored, take)
    }

    /// As [`Source::each_batch`], without a frame where the columns are plain: what `make`
    /// makes of the rows, in any order and at the same time, is given to `take`.
    ///
    /// # Errors
    ///
    /// As [`Source::each_batch`], and the first error of `make`.
    pub fn each_part<'a, T: Send, E: From<LoadError> + Send>(
        &'a self,
        wanted: &'a [Wanted],
        make: &(dyn Fn(Rows<'a>) -> Result<T, E> + Sync),
        take: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let targets = self.targets(wanted)?;
        let part = |checked: &Checked<'a>, part: &Part| {
            make(checked.rows(part, &targets).map_err(|error| self.own(error))?)
        };
        let stored = |stored: Stored| make(stored.rows(&self.settings, &targets)?);
        self.each(&part, &stored, take)
    }

    /// Gives what `part` makes of a part of a text, or `stored` of stored rows.
    fn each<'a, T: Send, R: From<LoadError> + Send, E: From<LoadError> + From<R>>(
        &'a self,
        part: &(dyn Fn(&Checked<'a>, &Part) -> Result<T, R> + Sync),
        stored: &(dyn Fn(Stored) -> Result<T, R> + Sync),
        take: &mut dyn FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        memory::keep_freed();
        let file = self.facts.shown_as.as_str();
        match &self.content {
            Content::Parquet(frame) => {
                let starts: Vec<usize> = (0..frame.height()).step_by(ROWS).collect();
                let read = |&start: &usize| {
                    let (slice, first) = (frame.slice(start as i64, ROWS), start as u64 + 1);
                    stored(Stored::Slice(&slice, first, file))
                };
                in_order(&starts, rayon::current_num_threads(), &read, take)
            }
            Content::Csv { text, layout, parts } => {
                let checked = self.checked(text, layout);
                let parts: Vec<&Part> = parts.iter().filter(|part| part.n_rows > 0).collect();
                let read = |one: &&Part| part(&checked, one);
                in_order(&parts, rayon::current_num_threads(), &read, take)
            }
            Content::Groups(files) => {
                let all: Vec<(&Groups, usize)> = files
                    .iter()
                    .flat_map(|file| (0..file.len()).map(move |at| (file, at)))
                    .collect();
                let at_once = files.iter().map(Groups::at_once).min().unwrap_or(1);
                let read = |&(file, at): &(&Groups, usize)| stored(Stored::Group(file, at));
                in_order(&all, at_once, &read, take)?;
                Ok(self.unchanged()?)
            }
            Content::Texts(files) => {
                let all: Vec<(&Disk, &Part)> = files
                    .iter()
                    .flat_map(|file| file.parts.iter().map(move |part| (file, part)))
                    .collect();
                let read = |&(file, part): &(&Disk, &Part)| stored(Stored::Part(file, part, self));
                in_order(&all, rayon::current_num_threads(), &read, take)?;
                Ok(self.unchanged()?)
            }
        }
    }

    fn targets<'a>(&'a self, wanted: &'a [Wanted]) -> Result<Vec<Target<'a>>, LoadError> {
        wanted.iter().map(|one| self.target(one)).collect()
    }

    /// The column of that name, else the first whose name differs from it in case and in the
    /// signs between words only.
    #[must_use]
    pub fn column_like(&self, name: &str) -> Option<&SeenColumn> {
        let exact = self.columns.iter().find(|seen| seen.name == name);
        exact.or_else(|| self.columns.iter().find(|seen| alike(&seen.name, name)))
    }

    pub(super) fn target<'a>(&'a self, wanted: &'a Wanted) -> Result<Target<'a>, LoadError> {
        let at = self.columns.iter().position(|seen| seen.name == wanted.column);
        let Some(at) = at else {
            let nearest = self.column_like(&wanted.column);
            return Err(LoadError::NoColumn {
                file: self.facts.shown_as.clone(),
                column: wanted.column.clone(),
                nearest: nearest.map(|seen| seen.name.clone()),
            });
        };
        let reading = &self.readings[at];
        let seen = &self.columns[at];
        let in_doubt = match wanted.read_as {
            ReadAs::Text | ReadAs::Id => false,
            ReadAs::Number => matches!(seen.kind, Kind::Integer | Kind::Decimal),
            ReadAs::Day => matches!(seen.kind, Kind::Day { .. }),
        };
        match &reading.problem {
            Some(problem) if in_doubt => Err(problem.clone()),
            _ => {
                let (name, read_as) = (wanted.column.as_str(), wanted.read_as);
                // Every value was looked at, but for what means missing beside numbers only,
                // and for tables of which only the first rows were looked at.
                let all_seen = !matches!(self.content, Content::Groups(_))
                    && (matches!(read_as, ReadAs::Text | ReadAs::Id) || reading.beside_numbers);
                let has_codes = !all_seen
                    || seen.missing_codes.iter().any(|(code, _)| !trim(code.as_bytes()).is_empty());
                Ok(Target { at, name, read_as, reading, has_codes })
            }
        }
    }

    /// A part of a text that stays on the disk.
    pub(super) fn of_disk(
        &self,
        disk: &Disk,
        part: &Part,
        targets: &[Target],
    ) -> Result<DataFrame, LoadError> {
        let table = (self.accounting.used, self.facts.shown_as.as_str());
        disk.read(part, &self.settings, targets, table).map_err(|error| self.own(error))
    }

    /// The error with the place in the user's own file.
    pub(super) fn own(&self, error: LoadError) -> LoadError {
        match &self.origin {
            Some(origin) => origin.own(error),
            None => error,
        }
    }

    pub(super) fn internal(&self, what: &'static str) -> LoadError {
        LoadError::Internal { file: self.facts.shown_as.clone(), what }
    }
}

/// Rows of a table that is stored as columns.
enum Stored<'a> {
    /// Rows of a frame, the number of the first, and its file.
    Slice(&'a DataFrame, u64, &'a str),
    /// A row group.
    Group(&'a Groups, usize),
    /// A part of a text of that table.
    Part(&'a Disk, &'a Part, &'a Source),
}

impl Stored<'_> {
    fn frame(&self, settings: &Settings, targets: &[Target]) -> Result<DataFrame, LoadError> {
        match *self {
            Self::Slice(frame, first, file) => parquet::read(frame, settings, targets, first, file),
            Self::Group(groups, at) => groups.read(at, settings, targets),
            Self::Part(disk, part, source) => source.of_disk(disk, part, targets),
        }
    }

    fn rows(&self, settings: &Settings, targets: &[Target]) -> Result<Rows<'static>, LoadError> {
        match *self {
            Self::Slice(..) | Self::Part(..) => self.frame(settings, targets).map(Rows::Frame),
            Self::Group(groups, at) => groups.cells(at, settings, targets).map(Rows::Columns),
        }
    }
}

/// Reads `at_once` items at once and hands over what was read in the order of the items;
/// the next ones are read meanwhile.
fn in_order<I: Sync, T: Send, R: Send, E: From<R>>(
    items: &[I],
    at_once: usize,
    read: &(dyn Fn(&I) -> Result<T, R> + Sync),
    take: &mut dyn FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let wave = |items: &[I]| -> Vec<Result<T, R>> { items.par_iter().map(read).collect() };
    let mut waves = items.chunks(at_once.max(1));
    let mut ready = waves.next().map(&wave).unwrap_or_default();
    while !ready.is_empty() {
        let mut next = Vec::new();
        rayon::in_place_scope(|scope| {
            if let Some(items) = waves.next() {
                let (next, wave) = (&mut next, &wave);
                scope.spawn(move |_| *next = wave(items));
            }
            ready.drain(..).try_for_each(|one| take(one?))
        })?;
        ready = next;
    }
    Ok(())
}

/// Whether two names differ in case, blanks, dashes and underscores only.
fn alike(a: &str, b: &str) -> bool {
    let plain = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    plain(a) == plain(b)
}
