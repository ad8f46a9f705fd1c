/**
 * The voices of an article: its components for MDX.
 *
 * An article tells three speakers apart: what the memo wrote (`Told`, `Quote source="memo"`), what a
 * source says (`Note`, `Source`, `Quote`), and what this site concludes (`Ours`). Articles import
 * nothing: their components come from here, and a page adds or replaces what it places itself:
 *
 *     <Content components={{ ...prose, Widget: SimulatorHere }} />
 *
 * In an article:
 * - `<Part id="p1" heading="…" memo="…">`: a section with an address that is the same in both languages
 * - `<Told id="p1-1" claims="C01 C02">`: a passage of the memo, retold, with our notes beside it;
 *   `as="li"` for an item of a list, `layout="below"` for one that needs the full width
 * - `<Sentence claim="C36">`: the sentence in it that a note belongs to; `again` where the memo says it once more
 * - `<Endnotes claims="C36" />`: what the notes say, at the end; without claims, all of them
 * - `<Ours>`: a conclusion or remark of this site
 * - `<Quote source="memo" place="…" lang="nl" rendering="…">`, `<Quote source="rfc8461" section="5"
 *   lang="en">`: literal words, at most 25 of the memo and 15 of a standard
 * - `<Source id="rfc8461" section="10.2" />`: a link to a section of a source
 * - `<Term id="dnssec">`: a word that the glossary explains, opened in place; once per article
 * - `<Tally verdict="SN" />`: how many claims have this verdict; without it, how many claims there are
 * - `<Grid caption="…">`: a table whose rows are cards on a phone; `quiet` where the heading above says the caption
 * - `<Operator field="name" />`: what the operator filled in, or that it is missing
 * - `<Widget id="simulator" />`: where the page puts its widget; what stands between the tags introduces it
 */
import Endnotes from './Endnotes.astro';
import Grid from './Grid.astro';
import Note from './Note.astro';
import Operator from './Operator.astro';
import Ours from './Ours.astro';
import Part from './Part.astro';
import Quote from './Quote.astro';
import Sentence from './Sentence.astro';
import Source from './Source.astro';
import Tally from './Tally.astro';
import Term from './Term.astro';
import Told from './Told.astro';

export const prose: Readonly<Record<string, unknown>> = {
  Endnotes,
  Grid,
  Note,
  Operator,
  Ours,
  Part,
  Quote,
  Sentence,
  Source,
  Tally,
  Term,
  Told,
};
