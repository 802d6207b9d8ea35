// Asks TypeScript's own server, as an editor does, where names are defined. stdin: { tsserver, file, names: [name] } - each name is looked for at its first use behind the imports;
// stdout: { name: { file, line, text } }
import { spawn } from "node:child_process";
import fs from "node:fs";

const { tsserver, file, names } = JSON.parse(fs.readFileSync(0, "utf8"));
const server = spawn(process.execPath, [tsserver, "--disableAutomaticTypingAcquisition", "--suppressDiagnosticEvents"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
let sequence = 0, buffer = Buffer.alloc(0);
server.stdout.on("data", (chunk) => {
  buffer = Buffer.concat([buffer, chunk]);
  for (;;) {
    const head = /^Content-Length: (\d+)\r\n\r\n/.exec(buffer.toString("latin1"));
    if (!head || buffer.length < head[0].length + Number(head[1])) return;
    const message = JSON.parse(buffer.subarray(head[0].length, head[0].length + Number(head[1])).toString("utf8"));
    buffer = buffer.subarray(head[0].length + Number(head[1]));
    if (message.type === "response") waiting.get(message.request_seq)?.(message);
  }
});
const send = (command, args) => {
  const seq = ++sequence;
  server.stdin.write(JSON.stringify({ seq, type: "request", command, arguments: args }) + "\n");
  return seq;
};
const ask = (command, args) => new Promise((resolve) => waiting.set(send(command, args), resolve));

send("open", { file });
const lines = fs.readFileSync(file, "utf8").split("\n");
const found = {};
for (const name of names) {
  const line = lines.findIndex((text) => !/^import /.test(text) && new RegExp(`\\b${name}\\b`).test(text));
  const offset = lines[line].search(new RegExp(`\\b${name}\\b`)) + 1;
  const { body } = await ask("definition", { file, line: line + 1, offset });
  const first = body?.[0];
  found[name] = first ? { file: first.file, line: first.start.line, text: fs.readFileSync(first.file, "utf8").split("\n")[first.start.line - 1].slice(first.start.offset - 1) } : null;
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
server.kill();
