/**
 * `check --badge FILE.svg`: a small picture that stands by itself: the finding, its day, and until when it
 * may be shown. It is of one moment; so it says what was not looked at, and links to where anyone can check.
 */
import { dayOf } from '../view/messages/dates.ts';
import { daySeconds } from '../core/ask.ts';
import { xmlText } from '../core/grammar/xml.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import type { Say } from '../view/messages/say.ts';
import type { Options } from './arguments.ts';
import { writeWhole } from './files.ts';
import type { Finding } from './finding.ts';
import { harmless } from './terminal.ts';

/** So long a finding of the past says something; sooner where something runs out. */
const freshDays = 30;

const escaped = (text: string): string => xmlText(harmless(text));

/** Undefined where it was written; else why not. */
export async function writeBadge(
  path: string,
  finding: Finding,
  options: Pick<Options, 'connect' | 'link'>,
  say: Say,
): Promise<string | undefined> {
  const { link } = options;
  // Whatever is not a plain address of the web could be a script where the picture is shown.
  if (link !== undefined && !/^https:\/\/[^\s"'<>]+$/.test(link))
    return say('cli.badge.link', { link });
  const code = await writeWhole(path, badgeOf(finding, options, say));
  return code === undefined ? undefined : say('cli.badge.unwritable', { path, code });
}

export function badgeOf(
  { domain, severity, standing, sentence, checkedAtSeconds, deadlines }: Finding,
  { connect, link }: Pick<Options, 'connect' | 'link'>,
  say: Say,
): string {
  const staleAt = Math.min(
    checkedAtSeconds + freshDays * daySeconds,
    ...deadlines.filter(({ kind }) => kind !== 'policy').map(({ endsSeconds }) => endsSeconds),
  );
  const known = say(`list.standing.${standing}` as MessageKey);
  const word = known === `list.standing.${standing}` ? say(`cli.severity.${severity}`) : known;
  const lines = [
    `${domain}: ${word}`,
    say('cli.badge.dates', { day: dayOf(checkedAtSeconds), stale: dayOf(staleAt) }),
  ];
  const limits = say(connect ? 'cli.badge.limits-connect' : 'cli.badge.limits');
  const width = Math.max(...lines.map((line) => line.length)) * 8 + 32;
  // A sign beside the words: colour alone does not reach everyone.
  const sign = { ok: '✓', warning: '!', critical: '✕', unknown: '?' }[severity];
  const [open, close] = link === undefined ? ['', ''] : [`<a href="${escaped(link)}">`, '</a>'];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="44" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(lines.join('. '))}</title>`,
    `<desc id="d">${escaped(`${sentence} ${limits}`)}</desc>`,
    open,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="43" rx="4" fill="#fff" stroke="#333"/>`,
    '<g font-family="sans-serif" font-size="13" fill="#111">',
    `<text x="10" y="18" font-weight="bold">${sign}</text>`,
    `<text x="26" y="18" font-weight="bold">${escaped(lines[0] ?? '')}</text>`,
    `<text x="26" y="36" font-size="11">${escaped(lines[1] ?? '')}</text>`,
    '</g>',
    close,
    '</svg>',
    '',
  ].join('\n');
}
