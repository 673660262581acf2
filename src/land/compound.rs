//! Rows whose shape is not exactly one ring, which are few: a list, and a bit for every row.

/// Ascending rows. Whether a row is among them is one bit, since most are asked for in vain and
/// halving the list would read memory that is far apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Compound {
    rows: Vec<u32>,
    /// Up to the last of the rows.
    marks: Vec<u64>,
}

impl Compound {
    /// Rows as they were read, of `count` in all; those beyond are not marked.
    pub(super) fn of(rows: Vec<u32>, count: usize) -> Self {
        let mut compound = Self::default();
        for &row in rows.iter().filter(|row| (**row as usize) < count) {
            compound.mark(row);
        }
        Self { rows, ..compound }
    }

    /// Adds a row behind all others.
    pub(super) fn push(&mut self, row: u32) {
        self.mark(row);
        self.rows.push(row);
    }

    fn mark(&mut self, row: u32) {
        let word = row as usize / 64;
        if word >= self.marks.len() {
            self.marks.resize(word + 1, 0);
        }
        self.marks[word] |= 1 << (row % 64);
    }

    /// The place of a row among them, if it is one.
    pub(super) fn place(&self, row: u32) -> Option<usize> {
        let word = self.marks.get(row as usize / 64)?;
        if word >> (row % 64) & 1 == 0 {
            return None;
        }
        self.rows.binary_search(&row).ok()
    }

    /// The rows.
    pub(super) fn rows(&self) -> &Vec<u32> {
        &self.rows
    }

    /// Takes all out.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.marks.clear();
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.rows.as_slice()) + size_of_val(self.marks.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_where_it_was_pushed_and_read_rows_are_the_same() {
        let mut pushed = Compound::default();
        let rows = [0, 3, 63, 64, 200];
        rows.iter().for_each(|&row| pushed.push(row));
        assert_eq!(Compound::of(rows.to_vec(), 201), pushed);
        for row in 0..300 {
            assert_eq!(
                pushed.place(row),
                rows.iter().position(|&r| r == row),
                "{row}"
            );
        }
    }

    #[test]
    fn a_row_that_is_not_there_makes_no_room_for_itself() {
        let damaged = Compound::of(vec![1, u32::MAX], 2);
        assert!(damaged.marks.len() == 1 && damaged.place(u32::MAX).is_none());
    }
}
