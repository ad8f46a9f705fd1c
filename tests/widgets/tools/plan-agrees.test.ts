/** The plan of a move is one plan: the form on the site gives the steps that the command line prints. */
import { expect, test } from 'vitest';
import { readWords } from '../../../src/command-line/read-messages.ts';
import type { PlanJson } from '../../../src/command-line/schemas.ts';
import { sayWith } from '../../../src/view/messages/say.ts';
import { sayStep } from '../../../src/view/publish/view.ts';
import { citationLabel } from '../../../src/view/trace/citation.ts';
import { MoveSession } from '../../../src/widgets/tools/publish/move-session.svelte.ts';
import { speak } from '../../command-line/spoken.ts';

test('a move has the steps that the command line prints', async () => {
  const [ttl, age, day] = [14_400, 15_552_000, '2031-12-24'];
  const { out } = await speak([
    ...['plan', 'move', '--domain', 'example.nl', '--json', '--lang', 'nl', '--on', day],
    ...['--from', 'mx.example.nl,mx2.example.nl', '--to', 'mx.b.nl'],
    ...['--ttl', String(ttl), '--max-age', String(age)],
  ]);
  const printed = JSON.parse(out) as PlanJson;
  const session = new MoveSession();
  session.open(new URLSearchParams('domain=example.nl&mx=mx.example.nl&mx=mx2.example.nl'));
  Object.assign(session, { to: 'mx.b.nl', day, ttlSeconds: ttl, maxAgeSeconds: age });
  // What begins now carries the moment in its id.
  const [, now = ''] = /\b(\d{14}Z)\b/.exec(out) ?? [];
  const at = now.replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6');
  await session.make(Date.parse(at) / 1000);
  const say = sayWith(readWords().nl, 'nl');
  const shown = session.outcome?.steps.map((step) => ({
    ...{ id: step.id, notBefore: new Date(step.notBeforeSeconds * 1000).toISOString() },
    ...{ says: sayStep(say, step, 'nl'), source: citationLabel(step.clause, say) },
    zoneLines: step.records.map(({ zoneLine }) => zoneLine),
    ...(step.file !== undefined && { file: step.file }),
  }));
  expect(printed.steps.length).toBeGreaterThan(8);
  expect(shown).toEqual(printed.steps);
  expect(session.outcome?.notes.map(({ key }) => say(key))).toEqual(printed.notes);
});
