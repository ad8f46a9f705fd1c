/**
 * A world as data, for reading: every part of a `Scenario`, and of a change to one. The published
 * JSON Schema of the corpus is made from these, so that what we accept is what we promise.
 */
import { z } from 'astro/zod';
import { typeNumbers } from '../../core/dns/type.table.ts';
import { knobValues } from '../../world/knobs.ts';
import type { Scenario } from '../../world/scenario.ts';
import type { WorldChange } from '../../world/scenario-change.ts';

const name = z.string().regex(/^(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$|^\.$/);
const address = z.string().regex(/^[0-9a-f.:]+$/);
const seconds = z.int().nonnegative();
const octet = z.int().min(0).max(255);
const rrType = z.enum(Object.keys(typeNumbers) as (keyof typeof typeNumbers)[]);

const subject = z.union([
  z.literal('no-certificate'),
  z.strictObject({ certificate: z.string(), part: z.enum(['leaf', 'anchor']) }),
  z.strictObject({ hex: z.string().regex(/^([0-9a-f]{2})*$/) }),
]);
const tlsaData = { usage: octet, selector: octet, matchingType: octet, of: subject };
const owned = { name, ttlSeconds: seconds.exactOptional() };

export const zoneRecord = z.union([
  z.strictObject({ ...owned, type: z.enum(['A', 'AAAA']), address }),
  z.strictObject({ ...owned, type: z.literal('MX'), preference: z.int().min(0), exchange: name }),
  z.strictObject({ ...owned, type: z.literal('CNAME'), target: name }),
  z.strictObject({ ...owned, type: z.literal('TXT'), text: z.string() }),
  z.strictObject({ ...owned, type: z.literal('TLSA'), ...tlsaData }),
]);

const zoneFaults = {
  signed: z.boolean(),
  expired: z.boolean().exactOptional(),
  bogus: z.array(rrType).exactOptional(),
  denial: z.enum(['nsec', 'nsec3']).exactOptional(),
};
const zone = z.strictObject({ name, ...zoneFaults, records: z.array(zoneRecord) });

const certificate = z.strictObject({
  issuer: z.enum(['public-ca', 'self', 'own-anchor', 'unknown-ca']),
  anchorSent: z.boolean().exactOptional(),
  names: z.array(z.string()),
  commonNameOnly: z.boolean().exactOptional(),
  expired: z.boolean().exactOptional(),
});

const owner = z.enum(['genuine', 'attacker']);
const server = z.strictObject({
  address,
  host: name,
  owner,
  starttls: z.boolean(),
  certificate: z.string().exactOptional(),
  handshakeBroken: z.boolean().exactOptional(),
  down: z.boolean().exactOptional(),
  refuses: z.enum(['for-now', 'for-good']).exactOptional(),
});

const policyHost = z.strictObject({
  host: name,
  owner,
  certificate: z.string(),
  status: z.int().min(100).max(599),
  contentType: z.string(),
  body: z.string(),
  down: z.boolean().exactOptional(),
  path: z.string().startsWith('/').exactOptional(),
});

const forgedData = z.union([
  z.strictObject({ address }),
  z.strictObject({ preference: z.int().min(0), exchange: name }),
  z.strictObject({ target: name }),
  z.strictObject({ text: z.string() }),
  z.strictObject(tlsaData),
]);
const dnsAttack = z.strictObject({
  name,
  type: rrType,
  action: z.union([
    z.enum(['nxdomain', 'nodata', 'servfail', 'drop', 'tlsa-of-attacker']),
    z.strictObject({ answer: z.array(forgedData).min(1) }),
  ]),
});
const attacker = z.strictObject({
  reads: z.boolean().exactOptional(),
  smtp: z
    .enum(['strip', 'mitm-self', 'mitm-ca-wrong', 'mitm-rogue-ca', 'mitm-server-key'])
    .exactOptional(),
  dns: z.array(dnsAttack).exactOptional(),
  stub: z.array(dnsAttack).exactOptional(),
  https: z
    .union([
      z.literal('refuse'),
      z.strictObject({ certificate: z.enum(['self', 'rogue']), body: z.string() }),
    ])
    .exactOptional(),
  zoneKeys: z.array(name).exactOptional(),
  serverKeys: z.array(z.string()).exactOptional(),
});

const sender = z.strictObject({
  protection: z.enum(knobValues.protection),
  profile: z.enum(knobValues.profile),
  attempt: z.int().min(1),
  queueLifetimeOver: z.boolean(),
  daneList: z.array(name).exactOptional(),
  policyGraceSeconds: seconds.exactOptional(),
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
const resolver = z.strictObject({
  validates: z.boolean(),
  path: z.enum(['trusted', 'attackable']),
});

const pastDelivery = z.strictObject({
  secondsBefore: seconds,
  attacker: attacker.exactOptional(),
  world: z.enum(['past', 'present']).exactOptional(),
});

export const scenarioOfWorld: z.ZodType<Scenario> = z.strictObject({
  format: z.literal(1),
  clockSeconds: seconds,
  domain: name,
  sender,
  resolver,
  zones: z.array(zone),
  certificates: z.record(z.string(), certificate),
  servers: z.array(server),
  policyHosts: z.array(policyHost),
  attacker,
  past: z
    .strictObject({
      deliveries: z.array(pastDelivery).min(1),
      zones: z.array(zone).exactOptional(),
      certificates: z.record(z.string(), certificate).exactOptional(),
      servers: z.array(server).exactOptional(),
      policyHosts: z.array(policyHost).exactOptional(),
    })
    .exactOptional(),
});

const places = {
  zones: z
    .record(
      name,
      z.strictObject({
        ...zoneFaults,
        signed: z.boolean().exactOptional(),
        /** `TXT _mta-sts.gemeente.example`: taken away before `records` are added. */
        without: z.array(z.string().regex(/^[A-Z0-9]+ \S+$/)).exactOptional(),
        records: z.array(zoneRecord).exactOptional(),
      }),
    )
    .exactOptional(),
  certificates: z.record(z.string(), certificate.partial()).exactOptional(),
  servers: z.record(address, server.omit({ address: true }).partial()).exactOptional(),
  policyHosts: z
    .record(
      name,
      policyHost
        .omit({ host: true })
        .partial()
        .extend({ paddingOctets: z.int().positive().exactOptional() }),
    )
    .exactOptional(),
};

// `partial()` allows an explicit undefined, which neither YAML nor JSON can write.
export const worldChange = z.strictObject({
  ...places,
  clockSeconds: seconds.exactOptional(),
  domain: name.exactOptional(),
  sender: sender.partial().exactOptional(),
  resolver: resolver.partial().exactOptional(),
  attacker: attacker.exactOptional(),
  past: z
    .strictObject({ deliveries: z.array(pastDelivery).min(1).exactOptional(), ...places })
    .exactOptional(),
}) as z.ZodType<unknown> as z.ZodType<WorldChange>;
