import { onTestFinished, vi } from 'vitest';

/** A self-signed certificate for 127.0.0.1, made for tests: no client has a reason to trust it. */
export const SELF_SIGNED = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgU21nOOWNWLAeEFrq
VlctPJQAbGpTyR1HFPD7hz/WJvyhRANCAARmarr8HR/zfXjxJ4IHdqiTkVZmqdN0
mSYu4TcYjsxzGY3dnl6I5eQPhdPBYeD6r+HqT5GjO/aR2khbLqY3O3CD
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUDnviTajFG5braef5GxbhFReBTuEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMjE3MjgyMFoYDzIxMjYxMDI5
MTcyODIwWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARmarr8HR/zfXjxJ4IHdqiTkVZmqdN0mSYu4TcYjsxzGY3dnl6I5eQP
hdPBYeD6r+HqT5GjO/aR2khbLqY3O3CDo2QwYjAdBgNVHQ4EFgQUkuTcT1s/r0lu
CjKXH5xi64WIW+wwHwYDVR0jBBgwFoAUkuTcT1s/r0luCjKXH5xi64WIW+wwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQCOHIT2tUWAqvAcHXf96elOqGMp0kRmwxNNHWL54bVcFQIgf5Quti8KJE4vd++t
UWEXOs3eWBjbAI1YsdV3G+hssDs=
-----END CERTIFICATE-----`,
};

/** Has the environment tell every TLS connection that does not know better to trust anybody. */
export function trustAnybody(): void {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
}
