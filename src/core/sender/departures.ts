/** All departures: those that a room declares for its own procedures, and those of the sender as a whole. */
import { daneDepartures } from '../dane/departures.ts';
import { departedBy, departure, type Departure } from '../departure.ts';
import { stsDepartures } from '../mta-sts/departures.ts';
import type { TraceEvent } from '../trace.ts';

export const departures = {
  ...daneDepartures,
  ...stsDepartures,
  'waits-before-cleartext': departure('smtp.cleartext-fallback', 'variation', 'rfc7672', '2.2'),
  'next-hop-name-despite-insecure-mx': departure(
    'dane.not-authenticated',
    'deviation',
    'rfc7672',
    '3.2.2',
  ),
  'mta-sts-overrides-dane': departure('mta-sts.beside-dane', 'deviation', 'rfc8461', '2'),
  'dane-list-first': departure('mta-sts.beside-dane', 'open', 'rfc8461', '2'),
  'next-hop-name-not-accepted': departure('dane.authenticated', 'deviation', 'rfc7672', '3.2.2'),
  'returns-when-dane-absent': departure('dane.mandatory-not-met', 'deviation', 'rfc7672', '6'),
  'unusable-enough-when-mandatory': departure(
    'dane.mandatory-not-met',
    'deviation',
    'rfc7672',
    '6',
  ),
} as const satisfies Readonly<Record<string, Departure>>;

export type DepartureId = keyof typeof departures;

export const departed = departedBy(departures);

const isDeparture = (id: unknown): id is DepartureId =>
  typeof id === 'string' && Object.hasOwn(departures, id);

/** Where a trace left the strict path, in order, each departure once. Words: `departure.<id>`. */
export const departuresTaken = (events: readonly TraceEvent[]): readonly DepartureId[] => [
  ...new Set(
    events
      .filter((event) => event.kind === 'step')
      .filter(({ rule }) => rule === 'sender.departed')
      .map(({ evidence }) => evidence?.['departure'])
      .filter(isDeparture),
  ),
];
