#!/usr/bin/env bash
# What training the ears takes from Debian: voices and recordings, the engines that speak, OpenFst, ffmpeg, a compiler.
set -euo pipefail
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  festvox-ru festvox-czech-dita festvox-czech-krb festvox-czech-machac festvox-czech-ph \
  festvox-kallpc16k festvox-kdlpc16k festvox-us-slt-hts festvox-italp16k festvox-itapc16k festvox-ca-ona-hts \
  festival espeak-ng \
  libfst-tools ffmpeg gcc libc6-dev wine64 gcc-mingw-w64-x86-64 \
  asterisk-core-sounds-ru asterisk-core-sounds-ru-wav asterisk-core-sounds-en-wav asterisk-core-sounds-fr-wav \
  asterisk-core-sounds-es-wav asterisk-core-sounds-it-wav asterisk-moh-opsound-wav tuxpaint-stamps-default
