/** `npm run bench`: see bench/README.md. */
console.log('bench');
