// TypeScript of a JSON Schema: as much of it as the schemas in `docs/schema` use, and an error where one uses more.

/** The declarations of a schema and of all that it defines. */
export function declarations(schema) {
  const { $defs = {}, title, ...root } = schema;
  const all = [...Object.entries($defs), [nameOf(title), root]];
  return all.map(([name, it]) => `${comment(it)}export type ${name} = ${type(it)};\n`).join("\n");
}

/** `Output of groundwork plan --json` as the name of a type. */
function nameOf(title) {
  return title.split(/\W+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function comment({ description }, indent = "") {
  return description ? `${indent}/** ${description.replace(/\s+/g, " ").replaceAll("*/", "* /")} */\n` : "";
}

/** The type of a value; `indent` is that of the line that it begins on. */
function type(schema, indent = "") {
  if (schema === true) return "unknown";
  const nested = (it) => type(it, indent);
  if (schema.$ref) return schema.$ref.replace("#/$defs/", "");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return [...new Set(choice.map(nested))].join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((one) => nested({ ...schema, type: one })).join(" | ");
  switch (schema.type) {
    case "null":
    case "string":
    case "boolean":
      return schema.type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return list(schema, nested);
    case "object":
      return record(schema, indent);
    default:
      throw Error(`a schema that has no TypeScript yet: ${JSON.stringify(schema).slice(0, 300)}`);
  }
}

function list({ prefixItems, items, minItems, maxItems }, nested) {
  if (prefixItems) return `[${prefixItems.map(nested).join(", ")}]`;
  const item = items === undefined ? "unknown" : nested(items);
  if (minItems !== undefined && minItems === maxItems) return `[${Array(minItems).fill(item).join(", ")}]`;
  return `Array<${item}>`;
}

/** Groundwork writes every field, whether or not one that is read may lack it. */
function record({ properties, patternProperties, additionalProperties }, indent) {
  const values = patternProperties ? Object.values(patternProperties)[0] : additionalProperties;
  if (!properties) return `Record<string, ${values ? type(values, indent) : "unknown"}>`;
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, it]) => {
    const mark = name.startsWith("$") ? "?" : "";
    return `${comment(it, inner)}${inner}${name}${mark}: ${type(it, inner)};\n`;
  });
  return `{\n${fields.join("")}${indent}}`;
}
