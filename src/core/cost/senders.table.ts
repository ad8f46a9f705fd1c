/**
 * Three senders, by assumption: round numbers of ours, to show the difference that size makes.
 * None is a measurement; the page says so and lets the reader change each.
 */
import type { SenderAssumptions } from './burden.ts';

const common = {
  zipfExponent: 1,
  publishingShare: 0.05,
  lifetimeDays: 7,
  fetchBytes: 6_000,
  entryBytes: 300,
  daneTtlDays: 1 / 24,
  mxHostsPerDomain: 2,
} as const;

export type SenderSize = 'municipality' | 'hosting-company' | 'mail-giant';

export const senders = {
  municipality: { ...common, messagesPerDay: 5_000, domains: 3_000 },
  'hosting-company': { ...common, messagesPerDay: 500_000, domains: 100_000 },
  'mail-giant': { ...common, messagesPerDay: 1_000_000_000, domains: 5_000_000 },
} as const satisfies Readonly<Record<SenderSize, SenderAssumptions>>;
