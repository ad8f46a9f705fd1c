/** Fifteen wishes that come back in public trackers: each is shown by a situation, or met by a page. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { routes } from '../../src/site/routes.ts';
import { rulesOf, runOf, scenarios } from './every.ts';

interface Wish {
  readonly wish: string;
  readonly threads: readonly string[];
  readonly page?: string;
  readonly scenarios?: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly belief: string;
    readonly rule: string;
  }[];
}

const wishes = parse(
  readFileSync(fileURLToPath(new URL('wishes.yaml', import.meta.url)), 'utf8'),
) as readonly Wish[];
const aboutDelivery = wishes.filter((wish) => wish.scenarios !== undefined);
const byId = new Map(scenarios.map((each) => [each.id, each]));

describe('the wishes', () => {
  it('are fifteen, each with the threads it was heard in and an answer', () => {
    expect(wishes).toHaveLength(15);
    for (const { wish, threads, page, scenarios: shown } of wishes) {
      expect(threads.length, wish).toBeGreaterThan(0);
      expect(page ?? shown?.[0]?.id, wish).toBeDefined();
      if (page !== undefined) expect(routes.map(({ id }) => id)).toContain(page);
    }
  });

  it.each(aboutDelivery)('about delivery stand in the simulator’s menu: $wish', (wish) => {
    const inMenu = wish.scenarios!.filter(({ id }) => byId.get(id)?.menu !== false);
    expect(inMenu.map(({ id }) => id)).not.toEqual([]);
  });

  it.each(
    aboutDelivery.flatMap(({ wish, scenarios: shown }) =>
      shown!.map((expected) => ({ wish, ...expected })),
    ),
  )('“$wish” is shown by $id', ({ id, verdict, belief, rule }) => {
    const scenario = byId.get(id);
    if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
    const run = runOf(scenario);
    expect(run.outcome).toEqual({ verdict, belief });
    expect(rulesOf(run)).toContain(rule);
  });
});
