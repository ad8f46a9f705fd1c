/** Tables that become cards on a phone keep their meaning for those who listen. */
import { expect, test } from 'vitest';
import { cardsOf } from '../../src/site/prose/cards.ts';

const head = '<thead><tr><td></td><th scope="col">Wie <br>moet u</th></tr></thead>';

test.each([
  [
    'a cell says the head of its column',
    `${head}<tbody><tr><th scope="row">A</th><td>x</td></tr></tbody>`,
    '<tr role="row"><th role="rowheader" scope="row">A</th><td role="cell" data-head="Wie , moet u">x</td></tr>',
  ],
  [
    'a row keeps its address, and a first cell without a head says none',
    `${head}<tbody><tr id="r"><td class="s">1</td><td>x</td></tr></tbody>`,
    '<tr role="row" id="r"><td role="cell" class="s">1</td><td role="cell" data-head="Wie , moet u">x</td></tr>',
  ],
  [
    'a quotation mark in a head ends no attribute',
    '<thead><tr><th scope="col">Een "x"</th></tr></thead><tbody><tr><td>1</td></tr></tbody>',
    '<td role="cell" data-head="Een &quot;x&quot;">1</td>',
  ],
])('%s', (_, table, expected) => {
  expect(cardsOf(table)).toContain(expected);
});
