/** The reader's weighing as a paper for a meeting file: the same words as the page. */
import { formatDate } from '../messages/dates.ts';
import type { Lang } from '../messages/lang.ts';
import type { Say } from '../messages/say.ts';
import type { Paper } from '../document/paper.ts';
import { pictureOf } from './drawing.ts';
import {
  resultOf,
  shownIn,
  turningOf,
  weightIn,
  type ShownFinding,
  type Weighing,
} from './weighing.ts';

export interface Weighed {
  readonly lang: Lang;
  readonly say: Say;
  readonly weighing: Weighing;
  readonly findings: readonly ShownFinding[];
  readonly carrying: readonly string[];
  readonly advice: string;
  /** When the claims were last checked, in words. */
  readonly checked: string;
  readonly release: string;
  /** Where this weighing can be opened again. */
  readonly address: string;
  /** The day on which the paper is made, ISO 8601. */
  readonly made: string;
}

export function paperOf(weighed: Weighed): Paper {
  const { lang, say, weighing, findings, carrying, advice, checked, release, address, made } =
    weighed;
  const picture = pictureOf(weighing, findings, say);
  const result = resultOf(weighing, findings, say);
  return {
    lang,
    title: say('criteria.sheet-title'),
    made,
    blocks: [
      { kind: 'paragraph', text: say('criteria.question') },
      { kind: 'heading', text: say('criteria.your-outcome') },
      { kind: 'paragraph', text: result },
      { kind: 'paragraph', text: turningOf(weighing, findings, say) },
      {
        kind: 'picture',
        drawing: {
          ...picture,
          title: say('criteria.scales'),
          description: result,
        },
      },
      { kind: 'heading', text: say('criteria.weighed') },
      {
        kind: 'table',
        widths: [5, 3, 2.5, 6.5],
        head: [
          say('criteria.finding'),
          say('criteria.weighs'),
          say('criteria.memo'),
          say('criteria.checked'),
        ],
        rows: shownIn(weighing, findings).map(({ id, number, text, pulls, claims }) => [
          [`${number}. ${text}`],
          [weightIn(weighing, id, say)],
          [say(`criteria.side.${pulls}`)],
          claims.map((claim) =>
            say('criteria.claim', {
              id: claim.id,
              verdict: claim.says,
              short: claim.short,
              sources: claim.sources,
            }),
          ),
        ]),
      },
      { kind: 'heading', text: say('criteria.advice') },
      { kind: 'paragraph', text: advice },
      { kind: 'paragraph', text: say('criteria.carrying') },
      {
        kind: 'list',
        items: findings.filter(({ id }) => carrying.includes(id)).map(({ text }) => text),
      },
      { kind: 'heading', text: say('criteria.about-paper') },
      {
        kind: 'list',
        items: [
          say('criteria.paper-made', { date: formatDate(made.slice(0, 10), lang), release }),
          say('criteria.paper-facts', { date: checked }),
          say('criteria.paper-memo'),
          say('criteria.paper-forum'),
          say('criteria.paper-address', { address }),
        ],
      },
    ],
  };
}
