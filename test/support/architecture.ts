import { readFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { type Node, parseSync, Visitor } from "oxc-parser";
import { filesBelow, lineAt, type Package, packages } from "./repository.ts";

const SCOPE = "@fluxion/";

/** What a package of ours may import from outside its own folder. Whoever is not named here is a strategy. */
function mayDependOn(folder: string): "nothing" | "core" | "anything declared" {
  if (folder === "core") return "nothing";
  return folder === "bench" ? "anything declared" : "core";
}

/** Every place under `base` where an arrow points the wrong way, or core knows how something differentiates. */
export function architectureViolations(base: string): string[] {
  const all = packages(base);
  return all.flatMap((one) => [
    ...manifestViolations(one),
    ...filesBelow(base, `packages/${one.folder}/src`, ".ts").flatMap((file) =>
      sourceViolations(base, one, file),
    ),
  ]);
}

function runtimeDependencies({ manifest }: Package): string[] {
  return Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });
}

function manifestViolations(one: Package): string[] {
  const allowed = mayDependOn(one.folder);
  if (allowed === "anything declared") return [];
  return runtimeDependencies(one)
    .filter((name) => allowed === "nothing" || name !== `${SCOPE}core`)
    .map((name) => `packages/${one.folder}/package.json: depends on ${name}, may depend on ${allowed}`);
}

function sourceViolations(base: string, one: Package, file: string): string[] {
  const text = readFileSync(join(base, file), "utf8");
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) return [`${file}: does not parse: ${errors[0]!.message}`];
  const found: string[] = [];
  const report = (node: Node, message: string): void => {
    found.push(`${file}:${lineAt(text, node.start)}: ${message}`);
  };
  const source = join(base, "packages", one.folder, "src");
  const visitImport = (node: Node): void => {
    const specifier = node.type === "Literal" ? node.value : null;
    if (typeof specifier !== "string") report(node, "imports a computed path, which no test can check");
    else if (specifier.startsWith(".")) {
      const target = resolve(base, dirname(file), specifier);
      if (!target.startsWith(source + sep)) report(node, `imports ${specifier}, outside its own src`);
      else if (one.folder === "core" && isDomains(target, source) && !isDomains(join(base, file), source)) {
        report(node, "imports the generators' domains, which a user's bundle must not carry");
      }
    } else if (!mayImport(one, specifier)) {
      report(node, `imports ${specifier}, may import ${mayDependOn(one.folder)}`);
    }
  };
  new Visitor({
    ImportDeclaration: (node) => visitImport(node.source),
    ExportAllDeclaration: (node) => visitImport(node.source),
    ExportNamedDeclaration: (node) => node.source !== null && visitImport(node.source),
    ImportExpression: (node) => visitImport(node.source),
    TSImportType: (node) => visitImport(node.source),
  }).visit(program);
  if (one.folder === "core") {
    if (/(^|[/-])rules(\/|\.ts$)/.test(file))
      report(program, "is named as a table of rules, and core has none");
    derivativeRules(program, report);
  }
  return found;
}

const isDomains = (path: string, source: string): boolean => path.startsWith(join(source, "domains") + sep);

function mayImport(one: Package, specifier: string): boolean {
  const allowed = mayDependOn(one.folder);
  if (allowed === "nothing") return false;
  if (allowed === "core") return specifier === `${SCOPE}core`;
  if (specifier.startsWith("node:")) return true;
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return runtimeDependencies(one).includes(name);
}

const RULE_TABLE =
  /^(jvp|vjp|derivative|tangent|cotangent|pullback|adjoint|gradient|backward|forward)_?rules?$/i;
const RULE_TYPE = /^(Jvp|Vjp)Rules?$/;
const PERTURBATION = /^(d[a-z]|d[A-Z]\w*|tangents?|cotangents?|adjoints?|[a-z]bar)$/;
const OPERATORS = new Set(
  "add sub mul div pow exp log sin cos tan tanh sqrt square reciprocal sigmoid sum norm matmul solve inverse det".split(
    " ",
  ),
);

/**
 * Values that say how an operator differentiates: a table named or typed as rules, or a function under an operator's
 * name with a perturbation among its parameters. Types are no rules; `customRule` carries its user's.
 */
function derivativeRules(
  program: Node & { type: "Program" },
  report: (node: Node, message: string) => void,
): void {
  const visitTyped = (node: Node, annotation: Node | null | undefined): void => {
    const type = annotation?.type === "TSTypeAnnotation" ? annotation.typeAnnotation : annotation;
    if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return;
    if (RULE_TYPE.test(type.typeName.name))
      report(node, `holds a value of type ${type.typeName.name}; rules belong to strategies`);
  };
  const visitNamed = (id: Node | null): void => {
    if (id?.type === "Identifier" && RULE_TABLE.test(id.name))
      report(id, `defines ${id.name}; rules belong to strategies`);
  };
  const visitRule = (name: Node | null, value: Node | null): void => {
    if (name?.type !== "Identifier" || !OPERATORS.has(name.name)) return;
    if (value?.type !== "ArrowFunctionExpression" && value?.type !== "FunctionExpression") return;
    const perturbation = value.params.flatMap(namesIn).find((parameter) => PERTURBATION.test(parameter));
    if (perturbation !== undefined)
      report(name, `${name.name} takes ${perturbation}, so it is a derivative rule`);
  };
  new Visitor({
    VariableDeclarator: (node) => {
      visitNamed(node.id);
      visitTyped(node, node.id.type === "Identifier" ? node.id.typeAnnotation : null);
      visitRule(node.id, node.init);
    },
    FunctionDeclaration: (node) => visitNamed(node.id),
    TSSatisfiesExpression: (node) => visitTyped(node, node.typeAnnotation),
    TSAsExpression: (node) => visitTyped(node, node.typeAnnotation),
    Property: (node) => visitRule(node.key, node.value),
  }).visit(program);
}

/** The names that a parameter binds, however deep its pattern. */
function namesIn(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === "Property" ? property.value : property),
      );
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}
