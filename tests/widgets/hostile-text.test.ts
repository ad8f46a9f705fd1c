/**
 * Script and markup in what strangers write (records, policies, reports, links) stays text wherever it is
 * shown. Components are rendered as the build renders them, with the hostile text in every place that can
 * hold one; that there is no other way in is the house's rule (tests/house.test.ts).
 */
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { readPolicy } from '../../src/core/check/sts-policy.ts';
import { svgOf } from '../../src/view/drawing/drawing.ts';
import { dataOf } from '../../src/site/facts/schema-org.ts';
import Policy from '../../src/widgets/lookup/Policy.svelte';
import Corrections from '../../src/widgets/link/Corrections.svelte';
import Exactly from '../../src/widgets/trace/Exactly.svelte';
import type { WireLine } from '../../src/view/trace/exchange.ts';
import type { Row } from '../../src/view/trace/row.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { showPolicy } from '../../src/view/check/report-view.ts';
import { sayWith } from '../../src/view/messages/say.ts';

const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(2)><svg/onload=alert(3)>`;
const say = sayWith(readWords().nl, 'nl');

/** The markup of a component, which must hold the text and none of its elements. */
function shown(component: unknown, props: Record<string, unknown>): string {
  const { body } = render(component as Component, { props });
  expect(body).toContain('&lt;script');
  expect(body).not.toMatch(/<script|<img|<svg\/onload/);
  return body;
}

test('turns of direction in a sentence are shown, not obeyed', () => {
  const turning = 'a\u202eb\u2066c\u061cd\u200fe\u2028f\x1bg';
  const sentence = say('lookup.taken.internationalised', { domain: turning });
  expect(sentence).toContain('a\\u202eb\\u2066c\\u061cd\\u200fe\\u2028f\\x1bg');
});

test('in a policy file: every line of it is hostile', () => {
  const text = `version: STSv1\nmode: ${hostile}\nmx: ${hostile}\n${hostile}: 1\nmax_age: ${hostile}\n`;
  const reading = readPolicy('given', text, []);
  shown(Policy, {
    session: {
      policy: reading,
      policyView: showPolicy(reading),
      policyStage: { kind: 'read' },
    },
    say,
    id: 'policy',
    address: 'https://mta-sts.example/.well-known/mta-sts.txt',
  });
});

test('in records as they came over the line, and in what a step established', () => {
  const line: WireLine = { spans: [{ text: hostile }, { text: hostile, note: 'wire.line.text' }] };
  const row: Row = {
    number: 1,
    rule: 'mta-sts.record-malformed',
    evidence: { record: hostile, host: hostile },
    because: [],
    exchanges: [
      {
        with: 'dns',
        question: hostile,
        answer: hostile,
        original: hostile,
        tampered: true,
        overheard: true,
        sealed: false,
        wire: { question: [line], answer: [line], original: [line] },
      },
    ],
  };
  const body = shown(Exactly, {
    row,
    say,
    lang: 'nl',
    base: '',
    clauses: {},
  });
  expect(body.match(/&lt;script/g)?.length).toBeGreaterThan(5);
});

test('in a link to a scenario that asks for what does not exist', () => {
  shown(Corrections, {
    corrections: [{ key: hostile, args: {} }],
    say,
  });
});

test('in a figure that is saved as a file', () => {
  const svg = svgOf({
    width: 10,
    height: 10,
    title: hostile,
    description: hostile,
    items: [{ kind: 'text', x: 0, y: 0, text: hostile, size: 10 }],
  });
  expect(svg.match(/&#60;script/g)?.length).toBeGreaterThanOrEqual(3);
  expect(svg).not.toMatch(/<script|<img|<svg\/onload/);
});

test('in what a page tells search engines about itself', () => {
  expect(dataOf({ name: hostile }).match(/<\/?script/g)).toEqual(['<script', '</script']);
});
