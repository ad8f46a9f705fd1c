/** As much of JSON Schema (2020-12) as our published schemas use; an unknown keyword is an error. */
interface Schema {
  readonly [keyword: string]: unknown;
}

const known = new Set(
  '$schema title description type enum const anyOf oneOf pattern minLength maxLength minItems maxItems minimum exclusiveMinimum maximum items required properties additionalProperties propertyNames format'.split(
    ' ',
  ),
);

const typeOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : Number.isInteger(value)
        ? 'integer'
        : typeof value;

/** Where the value breaks the schema, and how; empty: nowhere. */
export function faultsOf(schema: Schema, value: unknown, at = '$'): string[] {
  const strange = Object.keys(schema).filter((keyword) => !known.has(keyword));
  if (strange.length > 0) return [`${at}: keyword ${strange.join()}`];
  const faults: string[] = [];
  const { type, anyOf, oneOf } = schema;
  if (
    anyOf !== undefined &&
    !(anyOf as Schema[]).some((each) => faultsOf(each, value, at).length === 0)
  )
    faults.push(`${at}: fits none`);
  if (
    oneOf !== undefined &&
    (oneOf as Schema[]).filter((each) => faultsOf(each, value, at).length === 0).length !== 1
  )
    faults.push(`${at}: fits none or several`);
  if ('const' in schema && schema['const'] !== value) faults.push(`${at}: ${String(value)}`);
  if (schema['enum'] !== undefined && !(schema['enum'] as unknown[]).includes(value))
    faults.push(`${at}: ${String(value)}`);
  const is = typeOf(value);
  if (type !== undefined && ![type].flat().includes(is) && !(type === 'number' && is === 'integer'))
    return [...faults, `${at}: is ${is}, not ${JSON.stringify(type)}`];
  if (typeof value === 'string') {
    if (value.length < ((schema['minLength'] as number | undefined) ?? 0))
      faults.push(`${at}: short`);
    if (value.length > ((schema['maxLength'] as number | undefined) ?? value.length))
      faults.push(`${at}: long`);
    if (!new RegExp((schema['pattern'] as string | undefined) ?? '').test(value))
      faults.push(`${at}: "${value}" against ${JSON.stringify(schema['pattern'])}`);
  }
  if (typeof value === 'number') {
    if (value < ((schema['minimum'] as number | undefined) ?? value)) faults.push(`${at}: low`);
    const above = schema['exclusiveMinimum'] as number | undefined;
    if (above !== undefined && value <= above) faults.push(`${at}: low`);
    if (value > ((schema['maximum'] as number | undefined) ?? value)) faults.push(`${at}: high`);
  }
  if (Array.isArray(value)) {
    if (value.length < ((schema['minItems'] as number | undefined) ?? 0)) faults.push(`${at}: few`);
    if (value.length > ((schema['maxItems'] as number | undefined) ?? value.length))
      faults.push(`${at}: many`);
    const items = schema['items'] as Schema | undefined;
    for (const [index, item] of value.entries())
      faults.push(...faultsOf(items ?? {}, item, `${at}[${index}]`));
  } else if (typeof value === 'object' && value !== null) {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    const more = schema['additionalProperties'] as Schema | boolean | undefined;
    for (const name of (schema['required'] as string[] | undefined) ?? [])
      if (!(name in value)) faults.push(`${at}: no ${name}`);
    for (const [name, part] of Object.entries(value)) {
      const inner = properties[name] ?? more;
      if (inner === false) faults.push(`${at}: unknown ${name}`);
      else if (typeof inner === 'object') faults.push(...faultsOf(inner, part, `${at}.${name}`));
      const names = schema['propertyNames'] as Schema | undefined;
      if (names) faults.push(...faultsOf(names, name, `${at} name`));
    }
  }
  return faults;
}
