/** A widget reads and writes its own part of the address, and leaves the rest of it alone. */
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import * as burden from '../../src/view/burden/state.ts';
import * as criteria from '../../src/view/criteria/weighing.ts';
import * as firstContact from '../../src/view/first-contact/state.ts';
import * as matrix from '../../src/view/matrix/state.ts';
import { addressWith } from '../../src/widgets/link/search.ts';
import * as address from '../../src/view/simulator/address.ts';
import { fromQuery as simulatorFromQuery } from '../../src/view/simulator/link.ts';
import { knobNames, knobValues } from '../../src/world/simulated/knobs.ts';

const findings = ['first-contact', 'no-dnssec'];

/** An address in, the state that it opens written out again. */
const widgets = {
  simulator: {
    names: address.parameterNames,
    settled: (query: URLSearchParams) => address.toQuery(simulatorFromQuery(query, []).state),
  },
  matrix: {
    names: matrix.parameterNames,
    settled: (query: URLSearchParams) => matrix.toQuery(matrix.fromQuery(query).state),
  },
  'first contact': {
    names: firstContact.parameterNames,
    settled: (query: URLSearchParams) => firstContact.toQuery(firstContact.fromQuery(query).state),
  },
  burden: {
    names: burden.parameterNames,
    settled: (query: URLSearchParams) => burden.toQuery(burden.fromQuery(query).state),
  },
  criteria: {
    names: criteria.parameterNames,
    settled: (query: URLSearchParams) =>
      criteria.toQuery(criteria.fromQuery(query, findings).weighing),
  },
} as const;

/** What a reader may have set: names of all widgets, some of them shared, with values good and bad. */
const anySetting = fc.oneof(
  fc
    .constantFrom(...knobNames)
    .chain((name) => fc.tuple(fc.constant<string>(name), fc.constantFrom(...knobValues[name]))),
  fc.tuple(
    fc.constantFrom<string>(
      ...['history', 'only-false', 'interval', 'lifetime', 'rate', 'weights', 'sender', 'step'],
    ),
    fc.oneof(fc.constantFrom('known', '1', '3', 'first-contact:2', 'giant'), fc.string()),
  ),
);
const anyQuery = fc.array(anySetting, { maxLength: 6 }).map((pairs) => new URLSearchParams(pairs));

afterEach(() => vi.unstubAllGlobals());

it.each(Object.entries(widgets))('%s leaves what is not its own alone', (_, { names, settled }) => {
  const page = { origin: 'https://site.example', pathname: '/page/' };
  const queryOf = (address: string) => new URL(address).searchParams;
  fc.assert(
    fc.property(anyQuery, anyQuery, (first, later) => {
      vi.stubGlobal('location', { ...page, search: '?theme=dark' });
      const opened = addressWith(names, settled(first));
      expect(settled(queryOf(opened)).toString()).toBe(settled(first).toString());
      vi.stubGlobal('location', { ...page, search: new URL(opened).search });
      const changed = addressWith(names, settled(later));
      expect(settled(queryOf(changed)).toString()).toBe(settled(later).toString());
      expect(queryOf(changed).get('theme')).toBe('dark');
      expect(new URL(changed).pathname).toBe('/page/');
    }),
    { numRuns: 60, seed: 5 },
  );
});
