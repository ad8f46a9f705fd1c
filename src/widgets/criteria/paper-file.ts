/** The weighing as a file to take along. Loaded when it is asked for. */
import { odtOf } from '../../view/document/odt.ts';
import { htmlOf } from '../../view/document/html.ts';
import { paperOf, type Weighed } from '../../view/criteria/paper.ts';
import { pngOf } from '../figure/figure-file.ts';
import { save } from '../figure/save.ts';

export const paperKinds = ['odt', 'html'] as const;
export type PaperKind = (typeof paperKinds)[number];

export async function savePaper(kind: PaperKind, weighed: Weighed): Promise<void> {
  const paper = paperOf(weighed);
  if (kind === 'html') return save('criteria.html', 'text/html', htmlOf(paper));
  const drawing = paper.blocks.find((block) => block.kind === 'picture')?.drawing;
  if (!drawing) throw new Error('the paper has no picture');
  const png = new Uint8Array(await (await pngOf(drawing)).arrayBuffer());
  save('criteria.odt', 'application/vnd.oasis.opendocument.text', odtOf(paper, png));
}
