# The built site behind nginx, as a user without rights, on a file system that can be read only.
#
# The base is an argument: take an image of nginx that runs without root, and pin it to the digest that
# your own registry shows for it, as in `--build-arg BASE=registry/name@sha256:…`.
#   npm run package
#   docker build --build-arg BASE=nginxinc/nginx-unprivileged:stable -t sts-dane .
#   docker run --read-only --tmpfs /tmp --cap-drop all -p 8080:8080 sts-dane
ARG BASE=nginxinc/nginx-unprivileged:stable
FROM ${BASE}
# The container listens on all its addresses; on a machine without one the file keeps to loopback.
# Where the kernel has no IPv6, nginx stops at the second: `--build-arg LISTEN="listen 8080;"`.
ARG LISTEN="listen 8080; listen [::]:8080;"
COPY dist/ /srv/sts-dane/current/
USER root
# The last line stops the build when the file no longer says what the first replaces.
RUN { sed "s/listen 127.0.0.1:8080;/${LISTEN}/" /srv/sts-dane/current/_hosting/nginx.conf \
  && echo 'map "" $sts_dane_root { default /srv/sts-dane/current; }'; } \
  > /etc/nginx/conf.d/default.conf \
  && grep -qF "${LISTEN}" /etc/nginx/conf.d/default.conf
EXPOSE 8080
USER 101
