/**
 * What the commands print as JSON: one schema for each, from which its type follows and the JSON Schema
 * that `sts-dane schema NAME` prints. `version` grows when something that was there changes its meaning
 * or goes; what is new beside it does not change it.
 */
import { refused, type Terminal } from './terminal.ts';
import { basename } from 'node:path';
import { z } from 'astro/zod';
import type { Read } from '../world/simulated/scenario.ts';
import { severities } from './severity.table.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Run } from './arguments.ts';

const text = z.string();
const whole = z.int();
const severity = z.enum(severities);
const version = z.literal(1);
const moment = whole.describe('seconds since 1970');

const problem = z.strictObject({
  id: text.describe('stable word for machines'),
  severity: severity.exclude(['ok']),
  about: text.describe('a domain, a host, or a host with its address'),
  says: text,
});

const deadline = z.strictObject({
  kind: z.enum(['certificate', 'policy-certificate', 'signatures', 'policy']),
  about: text.describe('a host, or the zone that signs'),
  address: text.exactOptional(),
  certificates: text.exactOptional(),
  endsSeconds: moment,
  leftSeconds: whole.describe('below zero when it is over'),
  warningSeconds: whole.exactOptional().describe('told from so long before; absent: not judged'),
  criticalSeconds: whole.exactOptional(),
});

const lookup = z.strictObject({
  name: text,
  type: text,
  status: z.enum(['proved', 'unproved', 'proved-absent', 'absent', 'failed', 'bogus']),
  rule: text,
  aliases: z.array(text),
  records: z.array(text),
  transport: text.exactOptional(),
});

const told = {
  rules: z.array(text),
  causes: z.array(z.looseObject({ rule: text, id: text, says: text })),
};

const connection = z.strictObject({
  host: text,
  address: text.nullable(),
  channel: z.enum([
    ...['encrypted', 'not-encrypted', 'not-reached', 'not-tried', 'no-such-certificate'],
  ] as const),
  certificates: z.enum(['rsa', 'ecdsa']).exactOptional(),
  starttls: z.boolean(),
  protocol: text.exactOptional(),
  cipher: text.exactOptional(),
  ...told,
  dialogue: z.array(text).describe('lines as they were heard and said'),
  chain: z.array(z.strictObject({ names: z.array(text), notBefore: text, notAfter: text })),
  chainLeftOut: whole.exactOptional(),
  leadsToTrustedRoot: z.boolean().exactOptional(),
  untrusted: z.strictObject({ fault: text, name: text }).exactOptional(),
  dane: z
    .strictObject({
      kind: z.enum(['authenticated', 'not-authenticated', 'no-usable-records']),
      authenticated: z.boolean(),
      record: text.optional(),
      depth: whole.exactOptional(),
      name: text.exactOptional(),
      fault: text.exactOptional(),
      notes: z.array(text),
      says: z.array(text),
    })
    .exactOptional(),
  sts: z.enum(['admitted', 'refused']).exactOptional(),
});

const policyFetched = z.strictObject({
  mode: z.enum(['enforce', 'testing', 'none']),
  maxAgeSeconds: whole,
  mx: z.array(text),
  extensions: z.array(z.unknown()).exactOptional(),
  body: text,
  ...told,
});
const policyNotFetched = z.strictObject({ problem: text, ...told });

const row = {
  domain: text,
  checkedAtSeconds: moment,
  standing: text,
  mx: text,
  mxHosts: whole,
  dnssec: text,
  dane: text,
  sts: text,
  tlsRpt: text,
  notPublic: whole,
};

const checkSchema = z.strictObject({
  version,
  ...row,
  dnsStanding: text.exactOptional().describe('what the DNS alone says, after connecting'),
  severity,
  problems: z.array(problem),
  deadlines: z.array(deadline),
  verdict: text,
  checkedAt: text,
  sentence: text,
  cards: z.array(
    z.strictObject({
      id: z.enum(['dane', 'mta-sts', 'tls-rpt', 'dnssec']),
      standing: text,
      tone: z.enum(['good', 'attention', 'bad', 'open']),
      verdict: text,
      why: z.array(text),
    }),
  ),
  notes: z.array(text),
  actions: z.array(z.strictObject({ who: text, id: text, says: text })),
  senders: z.array(text),
  mxLookup: lookup,
  hosts: z.array(
    z.strictObject({
      host: text,
      dane: text,
      says: text,
      addresses: z.array(lookup),
      tlsa: z.array(
        lookup.extend({
          judged: z.array(z.strictObject({ record: text, usable: z.boolean(), says: text })),
        }),
      ),
      warnings: z.array(text),
    }),
  ),
  hostsLeftOut: whole,
  stsLookup: lookup,
  stsFaults: z.array(text),
  policyHostLookups: z.array(lookup),
  tlsRptLookup: lookup,
  tlsRptFaults: z.array(text),
  connect: z
    .strictObject({
      port: whole,
      policy: z.union([policyFetched, policyNotFetched]).exactOptional(),
      hosts: z.array(connection).describe('one for each session'),
    })
    .exactOptional(),
});

const listSchema = z.union([
  z.strictObject({ line: whole, ...row }),
  z.strictObject({ line: whole, typed: text, fault: text, says: text }),
]);

const changeSchema = z.strictObject({
  change: z.enum(['new', 'worse', 'better', 'fixed']),
  domain: text,
  id: text,
  about: text,
  severity,
  before: severity.exactOptional(),
  says: text,
});

/** One domain as every format shows it. */
const found = z.strictObject({
  domain: text,
  checkedAtSeconds: moment,
  standing: text.describe('the word of a list, or what was found on the wire'),
  severity,
  sentence: text,
  actions: z.array(text).describe('what to do, most urgent first'),
  problems: z.array(problem),
  deadlines: z.array(deadline),
});

const watchSchema = z.strictObject({
  version,
  checkedAtSeconds: moment,
  severity,
  faults: z.array(text).describe('what kept the round from being whole'),
  changes: z.array(changeSchema),
  domains: z.array(found),
});

/** The state of `watch`, between two rounds. */
export const stateSchema = z.strictObject({
  version,
  writtenAtSeconds: moment,
  domains: z.record(
    text,
    z.strictObject({
      standing: text,
      severity,
      checkedAtSeconds: moment,
      problems: z.record(text, problem),
    }),
  ),
});

/** The state of `tlsa --check-deploy`: when each record of an owner was first seen. */
export const deployStateSchema = z.strictObject({
  version,
  owners: z.record(text, z.strictObject({ ttlSeconds: whole, firstSeen: z.record(text, moment) })),
});

const deploySchema = z.strictObject({
  version,
  owner: text,
  verdict: z.enum(['no-records', 'same-record', 'absent', 'too-young', 'ready']),
  mayDeploy: z.boolean(),
  waitSeconds: whole,
  ttlSeconds: whole,
  says: text,
  publish: z.array(text).describe('zone lines, of which one is enough'),
});

const placed = z.looseObject({ code: text, line: whole, column: whole, found: text, says: text });
const policySchema = z.strictObject({
  version,
  file: text,
  ok: z.boolean(),
  policy: z.looseObject({ mode: text, maxAgeSeconds: whole, mx: z.array(text) }).exactOptional(),
  problems: z.array(placed),
  warnings: z.array(placed),
  notes: z.array(z.strictObject({ id: text, says: text })),
});

const tlsaSchema = z.strictObject({
  version,
  file: text,
  place: whole,
  role: z.enum(['server', 'issuer', 'either', 'key']),
  notBefore: text.exactOptional(),
  notAfter: text.exactOptional(),
  names: z.array(text),
  records: z.array(
    z.strictObject({
      record: text,
      advice: z.enum(['first-choice', 'second-choice', 'possible', 'discouraged', 'never']),
      canMatch: z.boolean(),
    }),
  ),
});

const planSchema = z.strictObject({
  version,
  notes: z.array(text),
  steps: z.array(
    z.strictObject({
      id: text,
      notBefore: text,
      says: text,
      zoneLines: z.array(text),
      file: text.exactOptional(),
      source: text,
    }),
  ),
});

const count = whole.min(0);
const reportSchema = z.strictObject({
  version,
  reports: z.array(z.looseObject({ file: text, within: z.array(text), start: text, end: text })),
  repeated: z.array(z.strictObject({ file: text, within: z.array(text), isSame: z.boolean() })),
  skipped: z.array(
    z.looseObject({ file: text, within: z.array(text), situation: text, reason: text }),
  ),
  totals: z.array(
    z.looseObject({
      policyDomain: text.nullable(),
      policyType: text.nullable(),
      successfulSessions: count,
      failedSessions: count,
      failedByResultType: z.record(text, count),
    }),
  ),
  failures: z.array(z.looseObject({ day: text, organization: text.nullable() })),
  failuresLeftOut: count,
  byDay: z.array(z.strictObject({ day: text, successful: count, failed: count, reports: count })),
  bySender: z.array(
    z.strictObject({ organization: text, successful: count, failed: count, reports: count }),
  ),
});

export type Problem = Read<typeof problem>;
export type Deadline = Read<typeof deadline>;
export type FoundJson = Read<typeof found>;
export type CheckJson = Read<typeof checkSchema>;
export type Change = Read<typeof changeSchema>;
export type WatchJson = Read<typeof watchSchema>;
export type State = Read<typeof stateSchema>;
export type DeployState = Read<typeof deployStateSchema>;
export type PlanJson = Read<typeof planSchema>;

/** What each command prints with `--format json`, one value a line; `list` and `state` beside them. */
export const schemas = {
  check: checkSchema,
  list: listSchema,
  watch: watchSchema,
  state: stateSchema,
  policy: policySchema,
  tlsa: tlsaSchema,
  plan: planSchema,
  deploy: deploySchema,
  report: reportSchema,
} as const;

export type SchemaName = keyof typeof schemas;

/** Where the site serves it, below its own address; the number is the version of what is printed. */
export const schemaPath = (name: SchemaName): string => `data/schemas/${name}.1.json`;

/** `site`: its address where it is known; without it the `$id` is relative, and right wherever the file stands. */
export const jsonSchemaOf = (name: SchemaName, site?: string): object => ({
  ...z.toJSONSchema(schemas[name]),
  $id: site === undefined ? basename(schemaPath(name)) : new URL(schemaPath(name), site).href,
  title: `sts-dane ${name}, version 1`,
});

export async function printSchema({ operands }: Run, terminal: Terminal): Promise<ExitCode> {
  const [name = ''] = operands;
  if (!Object.hasOwn(schemas, name)) {
    const names = Object.keys(schemas).join(', ');
    return refused(terminal, terminal.say('cli.wrong.schema', { name, names }));
  }
  await terminal.json(jsonSchemaOf(name as SchemaName));
  return exitCode.good;
}
