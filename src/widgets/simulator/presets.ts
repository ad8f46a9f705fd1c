/**
 * The named situations, as settings. Title and lesson stand among the words, under `preset.<id>`.
 */
import { defaultKnobs, type Knobs } from '../../world/knobs.ts';
import type { Say } from '../../words/say.ts';
import type { Preset } from './simulation.ts';

const situations = {
  'stripped-opportunistic': { protection: 'opportunistic', line: 'strip' },
  'impostor-opportunistic': { protection: 'opportunistic', line: 'mitm-self' },
  'draft-forged-first-policy': {
    protection: 'smtp-sts-2016',
    resolver: 'not-validating',
    'forge-policy': 'yes',
    'forge-mx': 'yes',
  },
  'sts-forged-first-policy': {
    protection: 'mta-sts',
    resolver: 'not-validating',
    'forge-policy': 'yes',
    'forge-mx': 'yes',
  },
  'sts-discovery-blocked': { protection: 'mta-sts', 'block-policy': 'drop', line: 'strip' },
  'sts-known-domain': {
    protection: 'mta-sts',
    history: 'known',
    'block-policy': 'drop',
    line: 'strip',
  },
  'sts-memory-expired': {
    protection: 'mta-sts',
    history: 'expired',
    'block-policy': 'drop',
    line: 'strip',
  },
  'dane-stripped': { protection: 'dane', line: 'strip' },
  'dane-lookup-blocked': { protection: 'dane', 'block-tlsa': 'drop', line: 'strip' },
  'dane-no-records': { protection: 'dane', tlsa: 'none', line: 'strip' },
  'wrong-certificate-sts': { protection: 'mta-sts', line: 'mitm-rogue-ca' },
  'wrong-certificate-dane': { protection: 'dane', line: 'mitm-rogue-ca' },
  'self-signed-dane': { protection: 'dane', certificate: 'self-signed' },
  'unsigned-domain-signed-host': { protection: 'dane', zone: 'unsigned', 'host-zone': 'signed' },
  'signed-domain-unsigned-host': { protection: 'dane', 'host-zone': 'unsigned', line: 'strip' },
  'tlsa-stale': { protection: 'dane', tlsa: '3-1-1-wrong' },
  'tlsa-rollover': { protection: 'dane', tlsa: '3-1-1+3-1-1-wrong' },
  'tlsa-unusable': { protection: 'dane', tlsa: '1-1-1', line: 'mitm-self' },
  'zone-expired': { protection: 'dane', zone: 'expired' },
  'resolver-not-validating': { protection: 'dane', resolver: 'not-validating', line: 'strip' },
  'second-server-unprotected': {
    protection: 'dane',
    mx: 'two',
    tlsa: '3-1-1-wrong',
    tlsa2: 'none',
  },
  'policy-old-mx': { protection: 'mta-sts', history: 'known', change: 'new-mx-old-policy' },
  'policy-withdrawn': {
    protection: 'mta-sts',
    history: 'known',
    change: 'policy-withdrawn',
    line: 'strip',
  },
  'wildcard-one-label': { protection: 'mta-sts', 'sts-mx': 'wildcard' },
  'policy-testing': { protection: 'mta-sts', sts: 'testing', line: 'strip' },
  'dane-fails-sts-passes': { protection: 'dane-and-mta-sts', tlsa: '3-1-1-wrong' },
  'dane-passes-sts-fails': { protection: 'dane-and-mta-sts', 'sts-mx': 'not-listed' },
  'draft-planted-memory': {
    protection: 'smtp-sts-2016',
    resolver: 'not-validating',
    history: 'forged-policy-planted',
  },
  'sts-rogue-policy': {
    protection: 'mta-sts',
    resolver: 'not-validating',
    'forge-policy': 'yes',
    'forge-mx': 'yes',
    https: 'rogue-own-mx',
  },
  'zone-key-stolen': {
    protection: 'dane',
    'zone-key': 'stolen',
    'forge-mx': 'yes',
    'forge-tlsa': 'yes',
  },
} as const satisfies Readonly<Record<string, Partial<Knobs>>>;

export type PresetId = keyof typeof situations;

export const presetIds = Object.keys(situations) as readonly PresetId[];

export const presetKnobs = (id: PresetId): Knobs => ({ ...defaultKnobs, ...situations[id] });

/** All of them, in the page's language. */
export const presetsIn = (say: Say): Preset[] =>
  presetIds.map((id) => ({
    id,
    title: say(`preset.${id}.title`),
    lesson: say(`preset.${id}.lesson`),
    knobs: presetKnobs(id),
  }));
