/** Two widgets on one page: each reads and writes its own part of the address. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as burden from '../../src/view/burden/state.ts';
import * as criteria from '../../src/view/criteria/weighing.ts';
import * as firstContact from '../../src/view/first-contact/state.ts';
import * as matrix from '../../src/view/matrix/state.ts';
import { withParameters, withoutPrefix } from '../../src/widgets/link/search.ts';
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

const pairs = Object.entries(widgets).flatMap(([one, left]) =>
  Object.entries(widgets).map(([other, right]) => ({ one, left, other, right })),
);

it.each(pairs)('$one and $other leave one another alone', ({ left, right }) => {
  fc.assert(
    fc.property(anyQuery, anyQuery, anyQuery, (first, second, third) => {
      const [own, beside, later] = [
        left.settled(first),
        right.settled(second),
        left.settled(third),
      ];
      let search = withParameters('?theme=dark', 'a.', left.names, own);
      search = withParameters(search, 'b.', right.names, beside);
      expect(left.settled(withoutPrefix(search, 'a.')).toString()).toBe(own.toString());
      // The first changes; the second reads what it read before, and so does the theme.
      search = withParameters(search, 'a.', left.names, later);
      expect(left.settled(withoutPrefix(search, 'a.')).toString()).toBe(later.toString());
      expect(withoutPrefix(search, 'b.').toString()).toBe(beside.toString());
      expect(new URLSearchParams(search).get('theme')).toBe('dark');
    }),
    { numRuns: 60, seed: 5 },
  );
});
