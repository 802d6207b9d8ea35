"""Reads an OpenAPI 3.0 document (YAML) from standard input, checks it against the schema that the OpenAPI initiative publishes (openapi-3.0.schema.json, Apache-2.0,
https://spec.openapis.org/oas/3.0/schema/2021-09-28), resolves every reference in it, checks that schemas are schemas and operation ids are unique, and prints it as JSON.
Exit code 1: something is wrong with the document; 3: yaml or jsonschema is not installed."""
import json
import os
import sys

try:
    import jsonschema
    import yaml
except ModuleNotFoundError as e:
    print(e, file=sys.stderr)
    sys.exit(3)

document = yaml.safe_load(sys.stdin.buffer.read())
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "openapi-3.0.schema.json"), encoding="utf-8") as file:
    schema = json.load(file)
problems = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in jsonschema.Draft4Validator(schema).iter_errors(document)]


def walk(node, path):
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            target = document
            for part in reference.removeprefix("#/").split("/"):
                target = target.get(part) if isinstance(target, dict) else None
            if target is None:
                problems.append(f"{path}: {reference} leads nowhere")
        for key, value in node.items():
            walk(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            walk(value, f"{path}/{index}")


walk(document, "")
ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
problems += [f"the operation id {i} is used twice" for i in sorted(set(ids)) if ids.count(i) > 1]
for path, item in document["paths"].items():
    for method, operation in item.items():
        declared = sorted(p["name"] for p in operation.get("parameters", []) if p["in"] == "path")
        if declared != sorted(part[1:-1] for part in path.split("/") if part.startswith("{")):
            problems.append(f"{method} {path}: declares the parameters {declared}")
if problems:
    print("\n".join(problems[:50]), file=sys.stderr)
    sys.exit(1)
json.dump(document, sys.stdout, default=str)
