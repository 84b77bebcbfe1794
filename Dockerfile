# docker build -t gapcanary .     How to run it: docs/operation.md
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -B -q -ntp -Dquick -Dmaven.test.skip=true -pl service -am package \
 && chmod 755 service/target/gapcanary/gapcanary

# Not Alpine: ONNX Runtime wants glibc.
FROM eclipse-temurin:21-jre-noble
RUN groupadd --gid 10001 gapcanary \
 && useradd --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin gapcanary \
 && mkdir /data \
 && chown gapcanary:gapcanary /data \
 && ln -s /opt/gapcanary/gapcanary /usr/local/bin/gapcanary
COPY --from=build /src/service/target/gapcanary /opt/gapcanary

# Listening beyond the container is refused until there is a user or a key: nothing here lets anybody in.
ENV GAPCANARY_HOST=0.0.0.0 \
    GAPCANARY_DATA=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 7070
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:7070/health/live"]
ENTRYPOINT ["gapcanary"]
CMD ["serve"]
