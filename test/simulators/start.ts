/**
 * `node test/simulators/start.ts`: the three simulators on fixed ports, and the channel settings for them.
 * Put the printed line into the environment (CHANNELS=…) before `npm start`, and every message is printed here.
 */
import { startSmsGateway } from './sms-gateway.ts';
import { startMailServer } from './smtp.ts';
import { startZns } from './zns.ts';

const [sms, mail, zns] = await Promise.all([startSmsGateway(4701), startMailServer(4702), startZns(4703)]);
const settings = {
  default: { sms: sms.settings, email: mail.settings },
  communes: { 'tuc-tranh': { zns: zns.settings } },
};
console.log(`CHANNELS='${JSON.stringify(settings)}'\n`);
const shown = { sms: 0, mail: 0, zns: 0 };
setInterval(() => {
  for (const { phone, text } of sms.taken.slice(shown.sms)) console.log(`SMS  ${phone}: ${text}`);
  for (const { to, source } of mail.taken.slice(shown.mail)) console.log(`MAIL ${to.join()}:\n${source}`);
  for (const { phone, data } of zns.taken.slice(shown.zns))
    console.log(`ZNS  ${phone}: ${JSON.stringify(data)}`);
  Object.assign(shown, { sms: sms.taken.length, mail: mail.taken.length, zns: zns.taken.length });
}, 500);
