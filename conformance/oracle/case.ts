/**
 * One observed delivery, read into values: what was set up, and what real software then did.
 * The fields are described in `tests/oracle/README.md`. Every field must be understood: one that nobody asks for, and
 * every value that is not one of those known, is not modelled. Nothing is guessed and nothing is skipped.
 */
import { z } from 'astro/zod';

/** Lower case and without the final dot, as scenarios write names; the root stays a dot. */
export const plainName = (text: string): string => {
  const name = text.toLowerCase();
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
};

const text = z.string();
const texts = z.array(text);
const flag = z.boolean().default(false);
const name = text.transform(plainName);

const certificate = z.strictObject({
  issuer: z.enum(['lab-ca', 'self', 'ta', 'ta-nochain']).default('lab-ca'),
  /** Absent: the name of the host that shows it. */
  names: texts.exactOptional(),
  /** False: only a common name. */
  san: z.boolean().default(true),
  expired: flag,
});

const octet = z.int().min(0).max(255);
/** Usage, selector, matching type, and whether the data fit what the server shows, or are hex. */
const tlsa = z.tuple([octet, octet, octet, text.regex(/^(?:match|mismatch|(?:[0-9a-f]{2})+)$/i)]);

const mx = z.strictObject({
  host: text.default('').transform(plainName),
  pref: z.number().default(10),
  starttls: z.boolean().default(true),
  broken: flag,
  down: flag,
  implicit: flag,
  cname: name.exactOptional(),
  tlsaAt: name.exactOptional(),
  cert: certificate.prefault({}),
  tlsa: z.array(tlsa).default([]),
});

/** Each text is one record; where it is a list, its character-strings. */
const txt = z.array(z.union([text, texts.transform((strings) => strings.join(''))]));
/** What a policy says. A lifetime is digits; another text is served as it stands. */
const policyFields = {
  mode: text.exactOptional(),
  max_age: z.union([text, z.number()]).transform(String).exactOptional(),
};
const policy = z.strictObject({
  ...policyFields,
  txt: txt.default([]),
  mx: texts.default([]),
  /** The body as it is served, in place of the fields. */
  raw: text.exactOptional(),
  /** Absent: there is no policy host. */
  https: z
    .strictObject({
      status: z.number().default(200),
      cert: certificate.prefault({}),
      /** Empty: none is sent. */
      ctype: text.default(''),
    })
    .exactOptional(),
});

/** What the domain owner changed after the first delivery; absent parts stayed as they were. */
const change = z.strictObject({
  ...policyFields,
  txt: txt.exactOptional(),
  mx: texts.exactOptional(),
  newmx: name.exactOptional(),
  mxcert: certificate.exactOptional(),
  httpscert: certificate.exactOptional(),
  gone: flag,
});

const world = z.strictObject({
  domain: text.exactOptional(),
  zoneSigned: flag,
  bogus: texts.default([]),
  signOpts: texts.default([]),
  mxHostZone: z.enum(['signed', 'unsigned']).exactOptional(),
  mx: z.array(mx).default([]),
  sts: policy.exactOptional(),
  change: change.exactOptional(),
  /** A record as one line of text, or as its parts. */
  extra: z
    .array(z.union([text, z.array(z.unknown()).transform((parts) => parts.join(' '))]))
    .default([]),
  /** How the delivery before ended: the simulator finds that by itself. */
  warmup: z.unknown().optional(),
});

const dnsActions = ['nxdomain', 'nodata', 'servfail', 'drop'] as const;
const forgery = <const Action extends string>(actions: readonly [Action, ...Action[]]) =>
  z.tuple([
    name,
    text.transform((type) => type.toUpperCase()),
    z.union([z.enum(actions), z.tuple([z.literal('answer'), texts])]),
  ]);

const attacker = z
  .strictObject({
    kind: text.default('none'),
    smtp: z.enum(['strip', 'mitm-self', 'mitm-ca-wrong', 'mitm-rogue-ca']).exactOptional(),
    https: z.enum(['refuse', 'self-none', 'rogue-none']).exactOptional(),
    dns: z.array(forgery(dnsActions)).exactOptional(),
    stubdns: z.array(forgery([...dnsActions, 'tlsa-of-mitm'])).exactOptional(),
  })
  // A kind is only a title, but it must not announce what no field then says.
  .refine(({ kind, ...acts }) => kind === 'none' || Object.keys(acts).length > 0, {
    path: ['kind'],
  });

/** What is compared; the other observations (log words, replies) may be any. */
const observed = z
  .looseObject({
    outcome: text.default(''),
    host: z.enum(['genuine', 'attacker']).nullable().default(null),
    readByAttacker: flag,
  })
  .transform(({ outcome, host, readByAttacker }) => ({ outcome, host, readByAttacker }));
export type Seen = Readonly<z.infer<typeof observed>>;

/** The ways in which the machine was set up, by the words that tell them. */
const runs: readonly (readonly [RegExp, object])[] = [
  [/^(postfix|exim), /, {}],
  [/validating resolver on the same host/, {}],
  [/resolver does not validate/, { validates: false }],
  [/path to its resolver attackable/, { pathAttackable: true }],
  [/maximal_queue_lifetime=0 \(return to sender at once\)/, { queueLifetimeOver: true }],
];

const run = text.default('').transform((told, context) => {
  let set = { validates: true, pathAttackable: false, queueLifetimeOver: false };
  let rest = told;
  for (const [words, effect] of runs) {
    if (!words.test(rest)) continue;
    rest = rest.replace(words, '');
    set = { ...set, ...effect };
  }
  // "a, b": what remains is the punctuation between what was understood.
  if (/[^\s,;]/.test(rest)) context.addIssue({ code: 'custom', input: told });
  return set;
});

const oracleCase = z
  .strictObject({
    id: text.default('(no id)'),
    sid: text.exactOptional(),
    description: text.default(''),
    sender: text.default(''),
    run,
    attempt: z.int().min(1).default(1),
    history: z.enum(['first-contact', 'warm']).default('first-contact'),
    world,
    attacker: attacker.prefault({}),
    observed,
  })
  .transform((given) => {
    const { sid = given.id.split('/')[0] ?? '' } = given;
    return { ...given, sid, domain: given.world.domain ?? `${sid}.lab` };
  });

export type OracleCase = Readonly<z.infer<typeof oracleCase>>;
export type CaseCertificate = OracleCase['world']['mx'][number]['cert'];
export type CaseMx = OracleCase['world']['mx'][number];
export type CaseTlsa = CaseMx['tlsa'][number];
export type CaseForgery = NonNullable<OracleCase['attacker']['stubdns']>[number];

/** The case, or the fields that are not modelled. */
export type ReadCase =
  | { readonly ok: true; readonly value: OracleCase }
  | { readonly ok: false; readonly id: string; readonly notModelled: readonly string[] };

const sayIssue = (issue: z.core.$ZodIssue): readonly string[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => [...issue.path, key].join('.'))
    : [`${issue.path.join('.') || 'case'}=${JSON.stringify(issue.input)}`];

export function readCase(json: unknown): ReadCase {
  // Null is how some writers spell "not there".
  const given: unknown = JSON.parse(
    JSON.stringify(json),
    (_, value: unknown) => value ?? undefined,
  );
  const read = oracleCase.safeParse(given, { reportInput: true });
  if (read.success) return { ok: true, value: read.data };
  const { id } = Object(given) as { readonly id?: unknown };
  const notModelled = read.error.issues.flatMap(sayIssue);
  return { ok: false, id: typeof id === 'string' ? id : '(no id)', notModelled };
}

/** In the machine deliveries followed each other within seconds; no field says within how many. */
const usualGapSeconds = 6;

/**
 * Seconds before the delivery under study at which earlier ones were made; earliest first. Times stand in the
 * description alone: "at 3 s …; at 6 s …" counts from the first delivery, the last of them being the one under study;
 * "expired" says that the policy's age was over by then.
 */
export function earlierSeconds({ history, description, world }: OracleCase): readonly number[] {
  if (history === 'first-contact') return [];
  const told = [...description.matchAll(/\b(?:at|after) (\d+) ?s\b/g)].map(([, at]) => Number(at));
  const age = Number(world.sts?.max_age);
  const isOver = /\bexpired\b/.test(description) && Number.isFinite(age);
  const now = told.at(-1) ?? Math.max(usualGapSeconds, isOver ? age + 1 : 0);
  return [0, ...told.slice(0, -1)].map((at) => now - at);
}
