/** The names of a file, one line after another, for a list and for `watch`. */
import { readListLine, type ListFault } from '../core/check/list-input.ts';
import type { DomainName } from '../core/dns/name.ts';
import { readLines } from './files.ts';
import type { Terminal } from './terminal.ts';

export interface Named {
  readonly domain: DomainName;
  /** From 1. */
  readonly line: number;
}

/** Each name, also doubles, and each line that holds none. Throws as reading the file does. */
export async function* readNames(
  path: string,
  terminal: Terminal,
): AsyncGenerator<Named | ListFault> {
  let line = 0;
  let mayBeHeading = true;
  for await (const text of readLines(path, terminal)) {
    line += 1;
    const each = readListLine(text, line, mayBeHeading);
    if (each.kind !== 'nothing' && each.kind !== 'comment') mayBeHeading = false;
    if (each.kind !== 'names') continue;
    yield* each.faults;
    for (const { domain, taken } of each.names) {
      // Capitals and blanks go without saying; another spelling, and what was left out unseen, do not.
      if (taken === 'internationalised' || (taken === 'tidied' && /[^\0-\x7f]/.test(text)))
        terminal.err(`${path}: ${line}: ${terminal.say(`lookup.taken.${taken}`, { domain })}`);
      yield { domain, line };
    }
  }
}
