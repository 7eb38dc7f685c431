/** What the API pages' samples say, word for word. */
export const SAMPLE = {
  agent: {
    fqSiteName: 'day001_221100_sql_001h',
    pool: '297:1',
    accountId: '12',
    sessionId: 'node01h8m13tljpm7ns8nayp0pid91',
  },
  engagement: {
    fqSiteName: 'day119_181100_sql_238h',
    pool: '297:1',
    sessionId: '192hyto5qomm8r8rpzzmuzsa6',
  },
  logoffBody: '{ "timeCreated" : 1618317020415, "sequenceNumber" : 3, "forceLogoff" : false }',
  logoffReply:
    '{ "chatLogoffResult": {}, "chatSystemError": null, "clientSendTime": 1618302560000, ' +
    '"serviceStartTime": 1652100288206, "serviceFinishTime": 1652100288249, ' +
    '"sessionId": "node0tgek4wvqxfq6udbauhu9abtb0", "clientId": 47, "clientIdString": "47", ' +
    '"sequenceNumber": 3, "sequenceNumberString": "3" }',
  concludeReply: `{
    "clientRequestTime": null,
    "serviceStartTime": "2018-10-23T14:14:48.063Z",
    "serviceFinishTime": "2018-10-23T14:14:48.081Z",
    "clientId": 34,
    "clientIdString": "34",
    "clientTransactionId": 0,
    "clientTransactionIdString": "0"
}`,
} as const;
