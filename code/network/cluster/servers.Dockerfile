# The step that works through servers, and the servers. Those are the distribution's, with the libraries that they are
# linked to: `prepare` has copied them, and nothing is fetched.
FROM scratch AS step
COPY built/n05-servers /n05-servers
COPY built/room /
USER 65534:65534
ENTRYPOINT ["/n05-servers"]

# Holds the network of the pod.
FROM scratch AS pod
COPY built/pod /pod
USER 65534:65534
ENTRYPOINT ["/pod"]

FROM scratch AS queue
COPY built/servers/nats-server /
COPY built/pod /pod
COPY nats.conf /nats.conf
USER 65534:65534
ENTRYPOINT ["/nats-server", "-c", "/nats.conf"]

FROM scratch AS cache
COPY built/servers/redis-server /
COPY built/pod /pod
USER 65534:65534
ENTRYPOINT ["/redis-server"]
