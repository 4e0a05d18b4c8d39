package dev.mcpbridge.doctor;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What the doctor looks at, in the order of its report. The words are stable: scripts go
 * by them. A test compares them and their remedies with {@code docs/doctor.md}.
 */
public enum CheckId {

	/** Whether the configuration lets the gateway start. */
	START("config.start", "Correct the value that is named; the gateway does not start with it."),

	/** Whether the management port is one of its own. */
	MANAGEMENT("config.management",
			"Set management.server.port to a port of its own, and keep that one inside: whoever reaches it can end every login."),

	/** Whether what is stored outlives the process. */
	STORE_KIND("config.store", "Set mcp.bridge.store to embedded for one process, or to redis for replicas."),

	/** Whether tokens may travel in the clear. */
	INSECURE_HTTP("config.insecure-http",
			"Use https and leave mcp.bridge.insecure-http out, unless this network is yours alone."),

	/** Whether the person is asked. */
	CONSENT("config.consent",
			"Set mcp.bridge.authorization-server.consent to remember, unless the upstream's own page says enough."),

	/** Whether a page can make its own name lead to a gateway on this machine. */
	HOSTS("config.hosts", "Name the hosts in mcp.bridge.allowed-hosts in place of *."),

	/** Whether forwarded headers are believed. */
	FORWARDED("config.forwarded",
			"Leave server.forward-headers-strategy out: no URL of the gateway is made of such headers, and whoever reaches its port can write them."),

	/** The key file. */
	KEY_FILE("keys.file",
			"Make one key set as docs/keys.md says, mount the same file for every replica, and name it in mcp.bridge.keys."),

	/** Who else may read the key file. */
	KEY_PERMISSIONS("keys.permissions", "Let nobody but the gateway's user and group read the key file: chmod 640."),

	/** Whether there is a key of its own for sealing. */
	SYMMETRIC_KEY("keys.symmetric",
			"Add a symmetric key of 256 bits to the key set, so that signing keys can be changed by themselves."),

	/** The data directory. */
	DATA_DIRECTORY("store.directory",
			"Let the gateway's user write to mcp.bridge.data-dir, or name another directory."),

	/** The file of the embedded store. */
	STORE_FILE("store.file",
			"Restore store.db from a backup together with its keys, or move it away: then everybody logs in again."),

	/** Whether the keys open what is stored. */
	STORED_VALUES("store.values",
			"Put the key back that was dropped, at the end of the key set; else these people log in again."),

	/** Whether Redis answers. */
	REDIS_REACH("redis.reach",
			"Compare spring.data.redis.* with the server: host, port, TLS, user and password; and let the network pass."),

	/** Whether Redis takes writes. */
	REDIS_ROLE("redis.role", "Connect to the master: by its own address, or through Sentinel or Cluster."),

	/** How old Redis is. */
	REDIS_VERSION("redis.version", "Use Redis 6.2 or newer, or Valkey."),

	/** What Redis does when memory is short. */
	REDIS_POLICY("redis.memory-policy",
			"Set maxmemory-policy noeviction; any other policy throws logins away when memory is short."),

	/** What Redis keeps over a restart. */
	REDIS_PERSISTENCE("redis.persistence",
			"Set appendonly yes and appendfsync everysec, and look at the log of Redis if writing to its disk fails."),

	/** How much memory Redis has left. */
	REDIS_MEMORY("redis.memory", "Give Redis more memory (maxmemory); once it is full nobody can log in or refresh."),

	/** How fast Redis answers. */
	REDIS_LATENCY("redis.latency", "Bring Redis nearer, give it more CPU, and look for slow commands of others in it."),

	/** What time Redis thinks it is. */
	REDIS_CLOCK("redis.clock", "Let both machines follow a time server (NTP)."),

	/** What the user of Redis may do. */
	REDIS_RIGHTS("redis.rights", "Give the user the commands, keys and channels that docs/storage.md lists."),

	/** The upstream's certificate. */
	UPSTREAM_TLS("upstream.tls",
			"If a proxy of yours opens TLS on the way, let the gateway trust its authority; else it is the upstream's to renew."),

	/** How the upstream is found. */
	UPSTREAM_DISCOVERY("upstream.discovery",
			"Compare mcp.bridge.upstream.url and .profile with the service, and let the network pass to it."),

	/** Whom the upstream says it is. */
	UPSTREAM_ISSUER("upstream.issuer",
			"If you trust that issuer, name it in mcp.bridge.upstream.issuer, with issuer-validation=pinned."),

	/** Whether the upstream takes PKCE. */
	UPSTREAM_PKCE("upstream.pkce", "Ask the upstream for PKCE with S256; the gateway sends nothing else."),

	/** What the upstream gives tokens for. */
	UPSTREAM_GRANTS("upstream.grants",
			"Ask the upstream for authorization_code and refresh_token; without the latter people log in whenever a token ends."),

	/** How we become the upstream's client. */
	UPSTREAM_REGISTRATION("upstream.registration",
			"Register a client there by hand: mcp.bridge.upstream.registration=static with client-id."),

	/** Whether the upstream sends people back to us. */
	UPSTREAM_CALLBACK("upstream.callback",
			"Let an Atlassian admin allow the callback's host (Administration, Rovo, Rovo MCP server, Domains: https://<host>/**). doctor --register tries it, by registering a client."),

	/** Whether the MCP endpoint is where we think it is. */
	UPSTREAM_MCP("upstream.mcp",
			"Compare mcp.bridge.upstream.profile, .mcp-path, .sse-path and .transports with the service. 403: does it allow this gateway's address? 5xx: it is unwell."),

	/** What time the upstream thinks it is. */
	UPSTREAM_CLOCK("upstream.clock",
			"Let this machine follow a time server (NTP): with a wrong clock tokens end too late or too early."),

	/** Whether the upstream's tools are what they were. */
	UPSTREAM_TOOLS("upstream.tools",
			"Read the difference at /actuator/mcpcatalogue, and accept it there (POST) if it is harmless."),

	/** Whether the public URL leads anywhere. */
	PUBLIC_REACH("public.reach",
			"Start the gateway, or run the doctor where the public URL can be reached; nothing behind it was looked at."),

	/** The certificate of the public URL. */
	PUBLIC_TLS("public.tls",
			"Renew the certificate at whatever ends TLS before the gateway, for this host name, with its whole chain."),

	/** Whether the gateway is known by the name clients use. */
	PUBLIC_HOST("public.host",
			"Let the proxy keep the Host header, or add the name it sends to mcp.bridge.allowed-hosts."),

	/** Whether the gateway describes itself at the public URL. */
	PUBLIC_METADATA("public.metadata",
			"Set mcp.bridge.public-url to the URL clients use, and let the proxy pass /.well-known/* unchanged to this gateway."),

	/** Whether clients are sent to our front desk. */
	PUBLIC_CHALLENGE("public.challenge",
			"Let the proxy pass the MCP paths, 401 and WWW-Authenticate unchanged, and ask for no login of its own there."),

	/** What a browser sees. */
	PUBLIC_CORS("public.cors",
			"Take CORS out of the proxy: the gateway answers preflights and sets these headers itself, each once."),

	/** Whether events come as they happen. */
	PUBLIC_STREAM("public.stream",
			"Turn buffering off in the proxy: nginx proxy_buffering off, and no proxy_ignore_headers X-Accel-Buffering; elsewhere response buffering or compression of text/event-stream."),

	/** Whether long headers pass. */
	PUBLIC_HEADER_SIZE("public.header-size",
			"Allow request headers of 32 KB: nginx large_client_header_buffers 4 32k; in the gateway server.max-http-request-header-size=32KB."),

	/** Whether long URLs pass. */
	PUBLIC_REQUEST_LINE("public.request-line",
			"Allow request lines of 16 KB: nginx large_client_header_buffers 4 32k; in the gateway server.netty.max-initial-line-length=16KB."),

	/** Whether replicas have the same keys. */
	PUBLIC_KEYS("public.keys",
			"Give every replica, and the doctor, the same key file. While keys are being rotated, wait until each has read the new one.");

	private final String id;

	private final String remedy;

	CheckId(String id, String remedy) {
		this.id = id;
		this.remedy = remedy;
	}

	/**
	 * Returns its word, such as {@code public.cors}.
	 * @return group and name
	 */
	@JsonValue
	public String id() {
		return this.id;
	}

	/**
	 * Returns the first half of its word.
	 * @return the group, such as {@code public}
	 */
	public String group() {
		return this.id.substring(0, this.id.indexOf('.'));
	}

	/**
	 * Returns what to do about a finding.
	 * @return one sentence or two, for people
	 */
	public String remedy() {
		return this.remedy;
	}

}
