# Sluice on the Node that it pins. Build: docker build -t sluice . Run: docker run -p 8080:8080 -p 2587:2587 -v sluice:/data sluice
FROM node:22.23.3-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:22.23.3-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    SLUICE_DATADIR=/data \
    SLUICE_HTTP_HOST=0.0.0.0 \
    SLUICE_SMTP_HOST=0.0.0.0
COPY --from=install /app/node_modules ./node_modules
COPY package.json ./
COPY scripts ./scripts
COPY datasets ./datasets
COPY training ./training
COPY service ./service
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 8080 2587 2465 2525
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health/ready').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "service/cli/sluice.ts"]
CMD ["start"]
