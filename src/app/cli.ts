/** `npm run xa -- <command>`: the operator's commands. */
const [command] = process.argv.slice(2);
console.error(`Unknown command: ${command ?? '(none)'}`);
process.exit(2);
