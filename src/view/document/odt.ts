/**
 * A paper as an OpenDocument text (OASIS OpenDocument 1.3): named styles for headings, lists and tables, the language
 * of its words, a title, and a picture with a description; so that a word processor can make an accessible PDF of it.
 */
import type { Lang } from '../messages/lang.ts';
import { xmlText } from '../../core/grammar/xml.ts';
import type { Block, Paper } from './paper.ts';
import { zipOf } from './zip.ts';

/** What the paper's drawing looks like, as octets of a PNG. */
export type Picture = Uint8Array;

const type = 'application/vnd.oasis.opendocument.text';
const places: Readonly<Record<string, string>> = {
  office: 'office',
  style: 'style',
  text: 'text',
  table: 'table',
  draw: 'drawing',
  fo: 'xsl-fo-compatible',
  svg: 'svg-compatible',
  meta: 'meta',
};
const names = [
  ...Object.entries(places).map(
    ([prefix, place]) => ` xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${place}:1.0"`,
  ),
  ' xmlns:xlink="http://www.w3.org/1999/xlink"',
  ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
].join('');
const root = (element: string, inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<office:${element}${names} office:version="1.3">${inside}</office:${element}>`;

const countries: Readonly<Record<Lang, string>> = { nl: 'NL', en: 'GB' };
const textWidthCm = 17;
const pictureWidthCm = 11;

const paragraph = (text: string, style = 'Text_20_body'): string =>
  `<text:p text:style-name="${style}">${xmlText(text)}</text:p>`;

function bodyOf(block: Block, index: number): string {
  switch (block.kind) {
    case 'heading':
      return `<text:h text:style-name="Heading_20_2" text:outline-level="2">${xmlText(block.text)}</text:h>`;
    case 'paragraph':
      return paragraph(block.text);
    case 'list':
      return `<text:list text:style-name="Bullets">${block.items.map((item) => `<text:list-item>${paragraph(item)}</text:list-item>`).join('')}</text:list>`;
    case 'picture': {
      const { width, height, title, description } = block.drawing;
      const tall = ((pictureWidthCm * height) / width).toFixed(2);
      return `<text:p text:style-name="Text_20_body"><draw:frame draw:name="${xmlText(title)}" text:anchor-type="as-char" svg:width="${pictureWidthCm}cm" svg:height="${tall}cm"><draw:image xlink:href="Pictures/picture.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:title>${xmlText(title)}</svg:title><svg:desc>${xmlText(description)}</svg:desc></draw:frame></text:p>`;
    }
    case 'table': {
      const cell = (texts: readonly string[], style: string) =>
        `<table:table-cell table:style-name="Cell" office:value-type="string">${texts.map((text) => paragraph(text, style)).join('')}</table:table-cell>`;
      return [
        `<table:table table:name="Table${index}" table:style-name="Table">`,
        ...block.widths.map(
          (_, column) => `<table:table-column table:style-name="T${index}C${column}"/>`,
        ),
        `<table:table-header-rows><table:table-row>${block.head.map((name) => cell([name], 'Table_20_Heading')).join('')}</table:table-row></table:table-header-rows>`,
        ...block.rows.map(
          (row) =>
            `<table:table-row table:style-name="Row">${row.map((texts) => cell(texts, 'Table_20_Contents')).join('')}</table:table-row>`,
        ),
        '</table:table>',
      ].join('');
    }
  }
}

const columnStyles = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block, index) => {
      if (block.kind !== 'table') return [];
      const whole = block.widths.reduce((sum, width) => sum + width, 0);
      return block.widths.map(
        (width, column) =>
          `<style:style style:name="T${index}C${column}" style:family="table-column"><style:table-column-properties style:column-width="${((width / whole) * textWidthCm).toFixed(2)}cm"/></style:style>`,
      );
    })
    .join('');

const contentOf = ({ title, blocks }: Paper): string =>
  root(
    'document-content',
    `<office:automatic-styles><style:style style:name="Table" style:family="table"><style:table-properties style:width="${textWidthCm}cm" table:align="margins"/></style:style><style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border-bottom="0.5pt solid #76828f"/></style:style><style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>${columnStyles(blocks)}<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="0.6cm" fo:text-indent="-0.6cm" fo:margin-left="0.6cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style></office:automatic-styles><office:body><office:text><text:h text:style-name="Heading_20_1" text:outline-level="1">${xmlText(title)}</text:h>${blocks.map(bodyOf).join('')}</office:text></office:body>`,
  );

/** A named style of paragraphs, and what it adds to the one that it comes from. */
const named = (
  name: string,
  from: string,
  paragraphLook: string,
  textLook = '',
  more = '',
): string =>
  `<style:style style:name="${name.replaceAll(' ', '_20_')}" style:display-name="${name}" style:family="paragraph" style:parent-style-name="${from}"${more}><style:paragraph-properties ${paragraphLook}/><style:text-properties ${textLook}/></style:style>`;

const stylesOf = ({ lang }: Paper): string =>
  root(
    'document-styles',
    `<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:font-family="'Fira Sans', 'Liberation Sans', Arial" fo:font-size="11pt" fo:language="${lang}" fo:country="${countries[lang]}"/></style:default-style><style:style style:name="Standard" style:family="paragraph"/>${[
      named('Text body', 'Standard', 'fo:margin-bottom="0.2cm" fo:line-height="125%"'),
      named(
        'Heading 1',
        'Standard',
        'fo:margin-bottom="0.3cm" fo:keep-with-next="always"',
        'fo:font-size="20pt" fo:font-weight="bold" fo:color="#0c355f"',
        ' style:default-outline-level="1"',
      ),
      named(
        'Heading 2',
        'Standard',
        'fo:margin-top="0.6cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"',
        'fo:font-size="13.5pt" fo:font-weight="bold" fo:color="#0c355f"',
        ' style:default-outline-level="2"',
      ),
      named('Table Contents', 'Standard', 'fo:margin-bottom="0.05cm"', 'fo:font-size="9.5pt"'),
      named(
        'Table Heading',
        'Table_20_Contents',
        'fo:keep-with-next="always"',
        'fo:font-weight="bold"',
      ),
    ].join(
      '',
    )}</office:styles><office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>`,
  );

const metaOf = ({ lang, title, made }: Paper): string =>
  root(
    'document-meta',
    `<office:meta><meta:generator>sts-dane</meta:generator><dc:title>${xmlText(title)}</dc:title><dc:language>${lang}-${countries[lang]}</dc:language><meta:creation-date>${xmlText(made)}</meta:creation-date></office:meta>`,
  );

/** The file. `picture` is what the one drawing of the paper looks like. */
export function odtOf(paper: Paper, picture: Picture): Uint8Array<ArrayBuffer> {
  const files = {
    'content.xml': contentOf(paper),
    'styles.xml': stylesOf(paper),
    'meta.xml': metaOf(paper),
  };
  const entry = (path: string, media: string) =>
    `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${media}"/>`;
  const manifest = `<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${entry('/', type)}${Object.keys(
    files,
  )
    .map((name) => entry(name, 'text/xml'))
    .join('')}${entry('Pictures/picture.png', 'image/png')}</manifest:manifest>`;
  const utf8 = new TextEncoder();
  return zipOf(
    // The type comes first, so that a program knows the file by its first octets.
    [
      ...Object.entries({ mimetype: type, ...files, 'META-INF/manifest.xml': manifest }).map(
        ([name, text]) => ({ name, octets: utf8.encode(text) }),
      ),
      { name: 'Pictures/picture.png', octets: picture },
    ],
  );
}
