/**
 * A scenario: one world as data. Zones, servers, certificates, an attacker as capabilities, what
 * went before, and the sender: everything that decides how a delivery ends, and nothing else.
 *
 * The one definition of the format: types, the check of a stranger's file and the published JSON Schema all
 * follow from it. It has four readers: the simulator's menu, the tests, the corpus and claim evidence.
 * Names are lower-case A-labels without trailing dot. Certificates are symbolic: an id stands for a key and
 * a name. Pages import types only from here: the schema library is not for browsers.
 */
import { z } from 'astro/zod';
import { typeNumbers } from '../../core/dns/type.ts';
import { profiles } from '../../core/sender/profiles.table.ts';
import { protections, type ProfileId, type Protection } from '../../core/sender/sender.ts';

/** What a schema lets through, as a value that nobody changes afterwards. */
export type Read<Schema extends z.ZodType> = DeepReadonly<z.infer<Schema>>;
type DeepReadonly<Value> = Value extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : Value extends object
    ? { readonly [Field in keyof Value]: DeepReadonly<Value[Field]> }
    : Value;

/** What is wrong with a value whose type is right; the command line says it in the reader's language. */
export const misfits = {
  name: 'is no domain name in lower case, without a dot at the end',
  address: 'is no IP address',
} as const;

/** A file that holds more is no situation, and would keep the machine busy. */
const mostItems = 1000;
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).max(mostItems);

/** Every name of this form can be read by `parseName`. Without look-ahead, so that any reader of the JSON Schema has it. */
const nameForm =
  /^(\.|(\*\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*)$/;
export const name = z
  .string()
  .max(253, { error: misfits.name, abort: true })
  .regex(nameForm, misfits.name);
export const address = z.union([z.ipv4(), z.ipv6()], misfits.address);
/** As many as a `Date` can hold. */
export const seconds = z.int().min(0).max(8_640_000_000_000);
const octet = z.int().min(0).max(255);
const preference = z.int().min(0).max(65_535);
const rrType = z.union([
  z.enum(Object.keys(typeNumbers) as (keyof typeof typeNumbers)[]),
  z.string().regex(/^TYPE\d{1,5}$/, { abort: true }) as z.ZodType as z.ZodType<`TYPE${number}`>,
]);
const certificateId = z.string();
const owner = z.enum(['genuine', 'attacker']);

/** What a TLSA record is computed from: a certificate of this world, none of it, or given hex. */
const tlsaSubject = z.union([
  z.literal('no-certificate'),
  z.strictObject({ certificate: certificateId, part: z.enum(['leaf', 'anchor']) }),
  // No longer than RDATA can be (RFC 1035 §3.2.1).
  z.strictObject({
    hex: z
      .string()
      .max(131_064, { abort: true })
      .regex(/^([0-9a-f]{2})*$/),
  }),
]);
const tlsaData = { usage: octet, selector: octet, matchingType: octet, of: tlsaSubject };
const owned = { name, ttlSeconds: seconds.exactOptional() };

export const zoneRecord = z.discriminatedUnion('type', [
  z.strictObject({ ...owned, type: z.enum(['A', 'AAAA']), address }),
  z.strictObject({ ...owned, type: z.literal('MX'), preference, exchange: name }),
  z.strictObject({ ...owned, type: z.literal('CNAME'), target: name }),
  /** One character U+0000 to U+00FF is one octet; split into character-strings of 255 octets. */
  z.strictObject({ ...owned, type: z.literal('TXT'), text: z.string() }),
  z.strictObject({ ...owned, type: z.literal('TLSA'), ...tlsaData }),
]);

/** One zone. The longest zone name that is a suffix of a name holds that name. */
export const zone = z.strictObject({
  name,
  signed: z.boolean(),
  /** All its signatures have expired: every answer from it is bogus. */
  expired: z.boolean().exactOptional(),
  /** Types whose signatures are broken in this zone. */
  bogus: listOf(rrType).exactOptional(),
  /** Types for which its servers give no usable answer: every lookup of them fails. */
  failing: listOf(rrType).exactOptional(),
  /** How absence is proved. Default `nsec`. */
  denial: z.enum(['nsec', 'nsec3']).exactOptional(),
  records: listOf(zoneRecord),
});

export const certificate = z.strictObject({
  /**
   * Who signed it. `public-ca`: a CA every sender trusts. `self`: itself.
   * `own-anchor`: the operator's own trust anchor, for TLSA usage 2.
   * `unknown-ca`: a CA nobody trusts.
   */
  issuer: z.enum(['public-ca', 'self', 'own-anchor', 'unknown-ca']),
  /** Is the anchor's certificate sent along in the handshake? Default: for `own-anchor` only. */
  anchorSent: z.boolean().exactOptional(),
  /** DNS names; a wildcard as the whole first label. */
  names: listOf(z.string()),
  /** Has no subjectAltName, only a common name (the first of `names`). */
  commonNameOnly: z.boolean().exactOptional(),
  expired: z.boolean().exactOptional(),
});
/** Certificates by id; servers, policy hosts and TLSA records refer to these ids. */
const certificates = z.record(z.string(), certificate);

export const server = z.strictObject({
  address,
  /** How it calls itself in its greeting. */
  host: name,
  owner,
  starttls: z.boolean(),
  certificate: certificateId.exactOptional(),
  /** STARTTLS is offered and the handshake fails. */
  handshakeBroken: z.boolean().exactOptional(),
  down: z.boolean().exactOptional(),
  /** Does not take the message when it is handed over: for now (4xx), or for good (5xx). */
  refuses: z.enum(['for-now', 'for-good']).exactOptional(),
});

export const policyHost = z.strictObject({
  host: name,
  owner,
  certificate: certificateId,
  status: z.int().min(100).max(599),
  contentType: z.string(),
  body: z.string(),
  down: z.boolean().exactOptional(),
  /** Under which path. Default `/.well-known/mta-sts.txt`; the 2016 draft's URI is free. */
  path: z.string().startsWith('/').exactOptional(),
});

/** Record data without owner and type: a forged answer takes those from the question. */
const forgedData = z.union([
  z.strictObject({ address }),
  z.strictObject({ preference, exchange: name }),
  z.strictObject({ target: name }),
  z.strictObject({ text: z.string() }),
  z.strictObject(tlsaData),
]);
const dnsAttack = z.strictObject({
  name,
  type: rrType,
  action: z.union([
    /** `tlsa-of-attacker`: a TLSA record that matches the certificate the attacker shows. */
    z.enum(['nxdomain', 'nodata', 'servfail', 'drop', 'tlsa-of-attacker']),
    z.strictObject({ answer: listOf(forgedData).min(1) }),
  ]),
});

/** What the attacker can do. Each is a capability; nothing is done that is not listed. */
export const attacker = z.strictObject({
  /** Listens on the line without changing anything. */
  reads: z.boolean().exactOptional(),
  /**
   * What happens on the way to every genuine mail server.
   * `strip`: the STARTTLS offer is removed; the mail is passed on and read.
   * `mitm-…`: the attacker answers as the server: with a self-signed certificate (`self`), one valid
   * for a name of its own (`ca-wrong`), one wrongly issued for the real name (`rogue-ca`), or the
   * server's own, with the stolen key (`server-key`).
   */
  smtp: z
    .enum(['strip', 'mitm-self', 'mitm-ca-wrong', 'mitm-rogue-ca', 'mitm-server-key'])
    .exactOptional(),
  /** Forged answers between the authoritative servers and the resolver. */
  dns: listOf(dnsAttack).exactOptional(),
  /** Forged answers between the resolver and the mail server, AD bit set. */
  stub: listOf(dnsAttack).exactOptional(),
  /**
   * What happens on the way to the policy host. `refuse`: no connection.
   * `self` and `rogue`: the attacker answers, with a self-signed certificate or with one wrongly
   * issued for the policy host, and serves `body`.
   */
  https: z
    .union([
      z.literal('refuse'),
      z.strictObject({ certificate: z.enum(['self', 'rogue']), body: z.string() }),
    ])
    .exactOptional(),
  /** Zones whose signing key the attacker holds: forged answers from them validate. */
  zoneKeys: listOf(name).exactOptional(),
  /** Certificates whose private key the attacker holds. */
  serverKeys: listOf(certificateId).exactOptional(),
});

export const sender = z.strictObject({
  protection: z.enum(protections as readonly [Protection, ...Protection[]]),
  /** Whose departures from the standard to follow; `strict` follows none. */
  profile: z.enum(Object.keys(profiles) as ProfileId[]),
  /** 1 for a first attempt; 2 and up for a retry of the same message. */
  attempt: z.int().min(1).max(1000),
  /** The message is older than the queue keeps it: what would wait is returned to the author. */
  queueLifetimeOver: z.boolean(),
  /** Domains on a hand-kept DANE list (profile `postfix-policy-daemon-1.1` with such a list). */
  daneList: listOf(name).exactOptional(),
  /** Seconds within which a policy daemon does not look again (its `cache_grace`). Default 0. */
  policyGraceSeconds: seconds.exactOptional(),
  /** How to read the draft of March 2016 where it contradicts itself (`core/sts-2016/switches.ts`). */
  draft2016: z
    .strictObject({
      firstPolicy: z.enum(['trusted', 'authenticated']).exactOptional(),
      cached: z.enum(['once-validated', 'at-once']).exactOptional(),
      firstContactRejects: z.boolean().exactOptional(),
      cacheFailedReportOnly: z.boolean().exactOptional(),
      emptyRefresh: z.enum(['keep-old', 'no-policy']).exactOptional(),
      uriOf: z.enum(['cached', 'new']).exactOptional(),
    })
    .exactOptional(),
});

export const resolver = z.strictObject({
  /** Does the sender's resolver validate DNSSEC? Without it nothing is ever secure or bogus. */
  validates: z.boolean(),
  /** Can the attacker change answers between the resolver and the mail server (AD bit included)? */
  path: z.enum(['trusted', 'attackable']),
});

const delivery = z.strictObject({
  secondsBefore: seconds,
  /** Absent: undisturbed. */
  attacker: attacker.exactOptional(),
  /** `past` (default) or already the present world. */
  world: z.enum(['past', 'present']).exactOptional(),
});
/** Real deliveries, run before the one under study, each leaving its memory; earliest first. */
export const deliveries = listOf(delivery).min(1);

const [zones, servers, policyHosts] = [listOf(zone), listOf(server), listOf(policyHost)];

export const scenarioSchema = z.strictObject({
  format: z.literal(1),
  /** When the delivery under study starts; seconds since 1970-01-01T00:00:00Z. */
  clockSeconds: seconds,
  /** The domain that the mail is addressed to. */
  domain: name,
  sender,
  resolver,
  zones,
  certificates,
  servers,
  policyHosts,
  attacker,
  /** What went before; absent: first contact. Its world is given where it differs from the present. */
  past: z
    .strictObject({
      deliveries,
      zones: zones.exactOptional(),
      certificates: certificates.exactOptional(),
      servers: servers.exactOptional(),
      policyHosts: policyHosts.exactOptional(),
    })
    .exactOptional(),
});

export type Scenario = Read<typeof scenarioSchema>;
export type SenderChoice = Scenario['sender'];
export type Zone = Scenario['zones'][number];
export type ZoneRecord = Zone['records'][number];
export type TlsaSubject = Read<typeof tlsaSubject>;
export type SymbolicCertificate = Scenario['certificates'][string];
export type MailServer = Scenario['servers'][number];
export type PolicyHost = Scenario['policyHosts'][number];
export type Attacker = Scenario['attacker'];
export type SmtpAttack = NonNullable<Attacker['smtp']>;
export type DnsAttack = Read<typeof dnsAttack>;
export type DnsAction = DnsAttack['action'];
export type ForgedData = Read<typeof forgedData>;
export type Past = NonNullable<Scenario['past']>;
export type PastDelivery = Past['deliveries'][number];
