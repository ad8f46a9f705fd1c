import { daySeconds } from '../../../src/core/ask.ts';
import { digestCommand } from '../../../src/view/certificate/commands.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { formatTlsa, parseTlsa, type Tlsa } from '../../../src/core/dane/tlsa.ts';
import { parseStsPolicy } from '../../../src/core/mta-sts/policy.ts';
import { tlsaOf } from '../../../src/widgets/tools/publish/engine.ts';
import { planSts, planTlsa, type StsInput } from '../../../src/view/publish/plan.ts';
import { mxPatterns, reportAddresses, tlsaKinds } from '../../../src/view/publish/view.ts';
import { makeChain, type OpensslChain } from '../certificate/openssl-chain.ts';

const nowSeconds = Date.UTC(2026, 10, 25) / 1000;
let chain: OpensslChain;
beforeAll(() => {
  chain = makeChain('mx.example.nl');
}, 60_000);

const record = (text: string): Tlsa => {
  const read = parseTlsa(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};

describe('the TLSA record of a text', () => {
  it('is that of openssl: from certificate, from public key, from the issuer in a chain', async () => {
    const made = async (text: string, kind: (typeof tlsaKinds)[number]) => {
      const read = await tlsaOf(text, kind);
      return read.ok ? formatTlsa(read.tlsa) : read.fault.key;
    };
    expect(await made(chain.leaf, '3 1 1')).toBe(chain.leafRecord);
    expect(await made(chain.nextPublic, '3 1 1')).toBe(chain.nextRecord);
    expect(await made(chain.leaf + chain.root, '2 0 1')).toBe(chain.rootRecord);
    expect(await made(chain.root, '2 0 1')).toBe(chain.rootRecord);
    expect(await made(chain.leaf, '2 0 1')).toBe('tools.fault.no-issuer');
    expect(await made(chain.root, '3 1 1')).toBe('tools.fault.only-issuer');
    expect(await made(chain.root + chain.leaf, '3 1 1')).toBe(chain.leafRecord);
    expect(await made(chain.root + chain.leafKey + chain.leaf, '2 0 1')).toBe(chain.rootRecord);
    expect(await made(chain.nextPublic, '3 0 1')).toBe('tools.fault.key-needs-selector-1');
    expect(await made(chain.leafKey, '3 1 1')).toBe('situation.pem.private-key');
    expect(await made('', '3 1 1')).toBe('situation.pem.empty');
  });

  it('can be computed by hand for every kind that is offered', () => {
    expect(tlsaKinds[0]).toBe('3 1 1');
    for (const kind of tlsaKinds)
      expect(digestCommand(kind)).toMatch(kind.endsWith('1') ? /-sha256$/ : /-sha512$/);
  });
});

describe('the plan for the next key', () => {
  const input = (next: Tlsa | undefined) => ({
    host: 'mx.example.nl',
    ttlSeconds: 3600,
    current: record(`3 1 1 ${'ab'.repeat(32)}`),
    next,
    nowSeconds,
    deploySeconds: nowSeconds + 30 * daySeconds,
  });

  it('has no steps without a next key, and none where it stays the same', () => {
    const none = planTlsa(input(undefined));
    expect(none).toMatchObject({ ok: true, plan: { change: 'none', steps: [] } });
    expect(none.ok && none.plan.latestSeconds).toBe(nowSeconds + 30 * daySeconds - 7200);
    expect(planTlsa(input(record(`3 1 1 ${'ab'.repeat(32)}`)))).toMatchObject({
      plan: { change: 'same', steps: [] },
    });
  });

  it('has both records first and only the next one last, each read back', () => {
    const plan = planTlsa(input(record(`3 1 1 ${'cd'.repeat(32)}`)));
    if (!plan.ok) throw new Error('no plan');
    expect(plan.plan.steps.map(({ id, records }) => [id, records.length])).toEqual([
      ['tlsa-publish-both', 2],
      ['tlsa-deploy', 0],
      ['tlsa-check', 0],
      ['tlsa-remove-old', 1],
    ]);
    expect(plan.plan.now[0]).toMatchObject({
      name: '_25._tcp.mx.example.nl',
      type: 'TLSA',
      plain: `3 1 1 ${'ab'.repeat(32)}`,
    });
  });
});

describe('the plan for MTA-STS', () => {
  const input: StsInput = {
    direction: 'in',
    domain: 'example.nl',
    mx: ['mx1.example.nl'],
    rua: ['mailto:tls@example.nl'],
    nowSeconds,
    txtTtlSeconds: 3600,
    testingDays: 28,
    maxAgeSeconds: 180 * daySeconds,
  };

  it('goes from testing to enforce, with policies that are read back', () => {
    const planned = planSts(input);
    if (!planned.ok) throw new Error('no plan');
    const files = planned.plan.steps.flatMap(({ file }) => file ?? []);
    const modes = files.map((file) => {
      const read = parseStsPolicy(file);
      return read.ok ? read.value.mode : 'unread';
    });
    expect(modes).toEqual(['testing', 'enforce']);
    expect(planned.plan.notes).toEqual([]);
  });

  it('removes nothing on the way out before the last policy is forgotten', () => {
    const planned = planSts({ ...input, direction: 'out', mx: [], rua: [] });
    const last = planned.ok ? planned.plan.steps.at(-1) : undefined;
    expect(last?.id).toBe('sts-remove');
    expect(last?.notBeforeSeconds).toBe(nowSeconds + 3600 + 180 * daySeconds);
  });

  it('warns where nobody reports and where the memory is short', () => {
    const planned = planSts({ ...input, rua: [], maxAgeSeconds: daySeconds, mx: ['*.example.nl'] });
    expect(planned.ok && planned.plan.notes.map(({ key }) => key)).toEqual([
      'tools.sts.no-reports',
      'tools.sts.short',
      'tools.sts.wildcard',
    ]);
  });

  it('shows nothing at all where a part of it would be refused', () => {
    for (const wrong of [
      { rua: ['mailto:a@example.nl!10m'] },
      { maxAgeSeconds: 400 * daySeconds },
      { mx: ['<script>alert(1)</script>'] },
      { mx: [] },
    ])
      expect(planSts({ ...input, ...wrong }), JSON.stringify(wrong)).toMatchObject({ ok: false });
  });

  it('has words for every fault it can tell', () => {
    const words = readWords().nl;
    for (const wrong of [
      { rua: ['mailto:a@b!1'] },
      { rua: ['x:y'] },
      { mx: ['a..b'] },
      { mx: [] },
    ]) {
      const planned = planSts({ ...input, ...wrong });
      for (const { key } of planned.ok ? [] : planned.faults) expect(words[key], key).toBeTruthy();
    }
  });
});

describe('what administrators type', () => {
  it('is understood: mail addresses become URIs', () => {
    expect(reportAddresses(' tls@example.nl, https://example.nl/r\nmailto:b@c.nl')).toEqual([
      'mailto:tls@example.nl',
      'https://example.nl/r',
      'mailto:b@c.nl',
    ]);
    expect(reportAddresses('  ')).toEqual([]);
  });

  it('is understood: host names, also as dig prints them', () => {
    expect(
      mxPatterns(
        '10 MX1.example.nl.\nexample.nl. 300 IN MX 20 mx2.example.nl.\n*.example.net,mx1.example.nl',
      ),
    ).toEqual(['mx1.example.nl', 'mx2.example.nl', '*.example.net']);
  });
});
