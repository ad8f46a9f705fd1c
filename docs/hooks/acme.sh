#!/bin/sh
# For `acme.sh --issue … --renew-hook /usr/local/lib/sts-dane/acme.sh`. acme.sh says where its files are.
"${STS_DANE_DEPLOY:-/usr/local/bin/sts-dane-deploy}" "$Le_Domain" "$CERT_FULLCHAIN_PATH" "$CERT_KEY_PATH" ||
  echo "$Le_Domain: the old certificate stays in use for now"
