# Packages that are made of this machine's own programs. `hostPackage` turns a description into store objects; here is
# what the descriptions are. The programs of a package that the machine lacks are left out of it, except those that are
# `required` (by default the first); without these the package is an error as soon as somebody needs its path.
{ lib, hostPackage }:
let
  make =
    attr: description:
    let
      programs = description.programs or [ ];
      pname = description.pname or attr;
      made = hostPackage (
        {
          inherit attr pname programs;
          required = if programs == [ ] then [ ] else [ (builtins.head programs) ];
        }
        // removeAttrs description [
          "description"
          "mainProgram"
          "passthru"
        ]
      );
      fixed =
        function: _:
        throw "'${function}' cannot change the package '${attr}': it is made of this machine's own programs. Point <nixpkgs> at real nixpkgs for that (NIX_PATH, or -I nixpkgs=PATH).";
      self = {
        type = "derivation";
        inherit pname;
        inherit (made) outPath version;
        name = if self.version == null then pname else "${pname}-${self.version}";
        system = builtins.currentSystem;
        outputName = "out";
        outputs = [ "out" ];
        out = self;
        bin = self;
        dev = self;
        lib = self;
        man = self;
        drvPath = throw "the package '${attr}' has no derivation: it is made of this machine's own programs";
        override = fixed "override";
        overrideAttrs = fixed "overrideAttrs";
        meta = {
          name = self.name;
          inherit (description) description;
          outputsToInstall = [ "out" ];
          available = true;
        }
        // (if description ? mainProgram then { inherit (description) mainProgram; } else { });
      }
      // description.passthru or { };
    in
    self;

  packages = builtins.mapAttrs make descriptions;

  shells = {
    inherit (packages) bash;
    # Small systems have no other shell than busybox.
    sh = if (builtins.tryEval packages.bash.outPath).success then packages.bash else packages.busybox;
  };

  # For programs that may be scripts of any kind.
  interpreters = shells // {
    awk = packages.gawk;
    inherit (packages)
      gawk
      mawk
      perl
      python3
      ;
    node = packages.nodejs;
  };

  wanting =
    package:
    throw "'${package}' asks for packages that this machine's own programs do not bring along; point <nixpkgs> at real nixpkgs (NIX_PATH, or -I nixpkgs=PATH)";

  descriptions = {
    bash = {
      description = "The shell of the GNU project";
      programs = [ "bash" ];
      links.sh = "bash";
      mainProgram = "bash";
      apt = "bash";
    };

    bashInteractive = descriptions.bash // {
      pname = "bash";
      passthru.shellPath = "/bin/bash";
    };

    bc = {
      description = "A calculator of arbitrary precision";
      programs = [
        "bc"
        "dc"
      ];
      mainProgram = "bc";
      apt = "bc";
    };

    busybox = {
      description = "The usual Unix commands as one small program";
      programs = [ "busybox" ];
      runtime = "busybox";
      mainProgram = "busybox";
      apt = "busybox-static";
    };

    bzip2 = {
      description = "A compressor";
      programs = [
        "bzip2"
        "bunzip2"
        "bzcat"
        "bzcmp"
        "bzdiff"
        "bzegrep"
        "bzfgrep"
        "bzgrep"
        "bzip2recover"
        "bzless"
        "bzmore"
      ];
      interpreters = shells;
      mainProgram = "bzip2";
      apt = "bzip2";
    };

    cacert = {
      description = "Certificates of the authorities that browsers trust";
      pname = "nss-cacert";
      files."etc/ssl/certs/ca-bundle.crt" = [
        "/etc/ssl/certs/ca-certificates.crt"
        "/etc/pki/tls/certs/ca-bundle.crt"
        "/etc/ssl/certs/ca-bundle.crt"
        "/etc/ssl/ca-bundle.pem"
        "/etc/ssl/cert.pem"
      ];
      required = [ "etc/ssl/certs/ca-bundle.crt" ];
      apt = "ca-certificates";
    };

    catatonit = {
      description = "A first process for containers that passes signals on and reaps children";
      programs = [ "catatonit" ];
      folders = [
        "/usr/libexec/podman"
        "/usr/libexec/catatonit"
      ];
      mainProgram = "catatonit";
      apt = "catatonit";
    };

    coreutils = {
      description = "The basic commands of the GNU project";
      programs = [
        "ls"
        "["
        "arch"
        "b2sum"
        "base32"
        "base64"
        "basename"
        "basenc"
        "cat"
        "chcon"
        "chgrp"
        "chmod"
        "chown"
        "chroot"
        "cksum"
        "comm"
        "cp"
        "csplit"
        "cut"
        "date"
        "dd"
        "df"
        "dir"
        "dircolors"
        "dirname"
        "du"
        "echo"
        "env"
        "expand"
        "expr"
        "factor"
        "false"
        "fmt"
        "fold"
        "groups"
        "head"
        "hostid"
        "id"
        "install"
        "join"
        "link"
        "ln"
        "logname"
        "md5sum"
        "mkdir"
        "mkfifo"
        "mknod"
        "mktemp"
        "mv"
        "nice"
        "nl"
        "nohup"
        "nproc"
        "numfmt"
        "od"
        "paste"
        "pathchk"
        "pinky"
        "pr"
        "printenv"
        "printf"
        "ptx"
        "pwd"
        "readlink"
        "realpath"
        "rm"
        "rmdir"
        "runcon"
        "seq"
        "sha1sum"
        "sha224sum"
        "sha256sum"
        "sha384sum"
        "sha512sum"
        "shred"
        "shuf"
        "sleep"
        "sort"
        "split"
        "stat"
        "stty"
        "sum"
        "sync"
        "tac"
        "tail"
        "tee"
        "test"
        "timeout"
        "touch"
        "tr"
        "true"
        "truncate"
        "tsort"
        "tty"
        "uname"
        "unexpand"
        "uniq"
        "unlink"
        "users"
        "vdir"
        "wc"
        "who"
        "whoami"
        "yes"
      ];
      apt = "coreutils";
    };

    curl = {
      description = "Transfers files by their URLs";
      programs = [ "curl" ];
      mainProgram = "curl";
      apt = "curl";
    };

    dash = {
      description = "A small POSIX shell";
      programs = [ "dash" ];
      links.sh = "dash";
      mainProgram = "dash";
      apt = "dash";
    };

    diffutils = {
      description = "Commands that compare files";
      programs = [
        "diff"
        "cmp"
        "diff3"
        "sdiff"
      ];
      mainProgram = "diff";
      apt = "diffutils";
    };

    dnsutils = {
      description = "Commands that ask name servers";
      pname = "bind";
      programs = [
        "dig"
        "delv"
        "host"
        "nslookup"
        "nsupdate"
      ];
      mainProgram = "dig";
      apt = "bind9-dnsutils";
    };

    dumb-init = {
      description = "A first process for containers that passes signals on";
      programs = [ "dumb-init" ];
      mainProgram = "dumb-init";
      apt = "dumb-init";
    };

    ethtool = {
      description = "Shows and sets properties of network devices";
      programs = [ "ethtool" ];
      mainProgram = "ethtool";
      apt = "ethtool";
    };

    file = {
      description = "Tells what is in a file";
      programs = [ "file" ];
      files."share/misc/magic.mgc" = [
        "/usr/lib/file/magic.mgc"
        "/usr/share/misc/magic.mgc"
        "/usr/share/file/magic.mgc"
      ];
      environment.MAGIC = "share/misc/magic.mgc";
      interpreters = shells;
      mainProgram = "file";
      apt = "file";
    };

    findutils = {
      description = "Commands that find files";
      programs = [
        "find"
        "xargs"
      ];
      mainProgram = "find";
      apt = "findutils";
    };

    gawk = {
      description = "The awk of the GNU project";
      programs = [ "gawk" ];
      links.awk = "gawk";
      mainProgram = "gawk";
      apt = "gawk";
    };

    getent = {
      description = "Shows entries of the system's databases";
      programs = [ "getent" ];
      mainProgram = "getent";
      apt = "libc-bin";
    };

    git = {
      description = "Keeps the history of files";
      programs = [
        "git"
        "git-receive-pack"
        "git-shell"
        "git-upload-archive"
        "git-upload-pack"
        "scalar"
      ];
      files = {
        "libexec/git-core" = [
          "/usr/lib/git-core"
          "/usr/libexec/git-core"
          "/usr/local/libexec/git-core"
        ];
        "share/git-core/templates" = [
          "/usr/share/git-core/templates"
          "/usr/local/share/git-core/templates"
        ];
      };
      environment = {
        GIT_EXEC_PATH = "libexec/git-core";
        GIT_TEMPLATE_DIR = "share/git-core/templates";
      };
      required = [
        "git"
        "libexec/git-core"
      ];
      interpreters = shells;
      mainProgram = "git";
      apt = "git";
    };

    gnugrep = {
      description = "Finds lines of text";
      programs = [
        "grep"
        "egrep"
        "fgrep"
      ];
      interpreters = shells;
      mainProgram = "grep";
      apt = "grep";
    };

    gnumake = {
      description = "Builds what is out of date";
      programs = [ "make" ];
      mainProgram = "make";
      apt = "make";
    };

    gnupatch = {
      description = "Applies differences to files";
      pname = "patch";
      programs = [ "patch" ];
      mainProgram = "patch";
      apt = "patch";
    };

    gnused = {
      description = "Edits text as it passes";
      programs = [ "sed" ];
      mainProgram = "sed";
      apt = "sed";
    };

    gnutar = {
      description = "Packs and unpacks tar archives";
      programs = [ "tar" ];
      mainProgram = "tar";
      apt = "tar";
    };

    gzip = {
      description = "A compressor";
      programs = [
        "gzip"
        "gunzip"
        "gzexe"
        "uncompress"
        "zcat"
        "zcmp"
        "zdiff"
        "zegrep"
        "zfgrep"
        "zforce"
        "zgrep"
        "zless"
        "zmore"
        "znew"
      ];
      interpreters = shells;
      mainProgram = "gzip";
      apt = "gzip";
    };

    hostname = {
      description = "Shows and sets the machine's name";
      programs = [ "hostname" ];
      links = {
        dnsdomainname = "hostname";
        domainname = "hostname";
      };
      mainProgram = "hostname";
      apt = "hostname";
    };

    htop = {
      description = "Shows running processes";
      programs = [ "htop" ];
      mainProgram = "htop";
      apt = "htop";
    };

    iproute2 = {
      description = "Commands that control networking";
      programs = [
        "ip"
        "bridge"
        "dcb"
        "devlink"
        "genl"
        "lnstat"
        "nstat"
        "rdma"
        "rtacct"
        "rtmon"
        "ss"
        "tc"
        "tipc"
        "vdpa"
      ];
      mainProgram = "ip";
      apt = "iproute2";
    };

    iputils = {
      description = "Commands that test network connections";
      programs = [
        "ping"
        "arping"
        "clockdiff"
        "tracepath"
      ];
      mainProgram = "ping";
      apt = "iputils-ping";
    };

    jq = {
      description = "Selects and changes JSON";
      programs = [ "jq" ];
      mainProgram = "jq";
      apt = "jq";
    };

    less = {
      description = "Shows text page by page";
      programs = [
        "less"
        "lessecho"
        "lesskey"
      ];
      mainProgram = "less";
      apt = "less";
    };

    lsof = {
      description = "Lists open files";
      programs = [ "lsof" ];
      mainProgram = "lsof";
      apt = "lsof";
    };

    mawk = {
      description = "A small and fast awk";
      programs = [ "mawk" ];
      links.awk = "mawk";
      mainProgram = "mawk";
      apt = "mawk";
    };

    nano = {
      description = "A small text editor";
      programs = [ "nano" ];
      files."share/nano" = [ "/usr/share/nano" ];
      mainProgram = "nano";
      apt = "nano";
    };

    ncurses = {
      description = "Commands that control the terminal";
      programs = [
        "tput"
        "clear"
        "infocmp"
        "tabs"
        "tic"
        "toe"
        "tset"
      ];
      links.reset = "tset";
      apt = "ncurses-bin";
    };

    netcat = {
      description = "Sends and receives over network connections";
      programs = [ "nc" ];
      links.netcat = "nc";
      mainProgram = "nc";
      apt = "netcat-openbsd";
    };

    nettools = {
      description = "Older commands that control networking";
      pname = "net-tools";
      programs = [
        "ifconfig"
        "arp"
        "netstat"
        "route"
      ];
      mainProgram = "ifconfig";
      apt = "net-tools";
    };

    nginx = {
      description = "A web server and proxy";
      programs = [ "nginx" ];
      files = {
        "conf/fastcgi.conf" = [ "/etc/nginx/fastcgi.conf" ];
        "conf/fastcgi_params" = [ "/etc/nginx/fastcgi_params" ];
        "conf/mime.types" = [ "/etc/nginx/mime.types" ];
        "conf/scgi_params" = [ "/etc/nginx/scgi_params" ];
        "conf/uwsgi_params" = [ "/etc/nginx/uwsgi_params" ];
        "html" = [
          "/usr/share/nginx/html"
          "/var/lib/nginx/html"
        ];
        "lib/nginx/modules" = [
          "/usr/lib/nginx/modules"
          "/usr/lib64/nginx/modules"
        ];
      };
      mainProgram = "nginx";
      apt = "nginx";
    };

    nodejs = {
      description = "Runs JavaScript outside a browser";
      programs = [ "node" ];
      runtime = "node";
      interpreters = shells;
      mainProgram = "node";
      apt = "nodejs";
    };

    nodejs-slim = {
      description = "Runs JavaScript outside a browser; without npm";
      programs = [ "node" ];
      mainProgram = "node";
      apt = "nodejs";
    };

    openssh = {
      description = "Secure connections to other machines";
      programs = [
        "ssh"
        "scp"
        "sftp"
        "ssh-add"
        "ssh-agent"
        "ssh-copy-id"
        "ssh-keygen"
        "ssh-keyscan"
        "sshd"
      ];
      files."libexec/sftp-server" = [
        "/usr/lib/openssh/sftp-server"
        "/usr/libexec/openssh/sftp-server"
        "/usr/lib/ssh/sftp-server"
      ];
      # Compiled into them is the path of the machine's ssh.
      arguments = {
        scp = "-S @package@/bin/ssh";
        sftp = "-S @package@/bin/ssh";
      };
      interpreters = shells;
      mainProgram = "ssh";
      apt = "openssh-client";
    };

    openssl = {
      description = "Cryptography at the command line";
      programs = [ "openssl" ];
      files = {
        "etc/ssl/openssl.cnf" = [
          "/etc/ssl/openssl.cnf"
          "/etc/pki/tls/openssl.cnf"
        ];
        "lib/ossl-modules" = [
          "/usr/lib/*-linux-gnu/ossl-modules"
          "/usr/lib64/ossl-modules"
          "/usr/lib/ossl-modules"
        ];
      };
      environment = {
        OPENSSL_CONF = "etc/ssl/openssl.cnf";
        OPENSSL_MODULES = "lib/ossl-modules";
      };
      interpreters = shells;
      mainProgram = "openssl";
      apt = "openssl";
    };

    patchelf = {
      description = "Changes the interpreter and library folders of ELF files";
      programs = [ "patchelf" ];
      mainProgram = "patchelf";
      apt = "patchelf";
    };

    perl = {
      description = "Perl and the modules that it comes with";
      programs = [ "perl" ];
      runtime = "perl";
      interpreters = shells;
      mainProgram = "perl";
      passthru.withPackages = _: wanting "perl.withPackages";
      apt = "perl";
    };

    postgresql = {
      description = "A database server for SQL";
      programs = [
        "postgres"
        "clusterdb"
        "createdb"
        "createuser"
        "dropdb"
        "dropuser"
        "initdb"
        "pg_amcheck"
        "pg_archivecleanup"
        "pg_basebackup"
        "pg_checksums"
        "pg_controldata"
        "pg_ctl"
        "pg_dump"
        "pg_dumpall"
        "pg_isready"
        "pg_receivewal"
        "pg_recvlogical"
        "pg_resetwal"
        "pg_restore"
        "pg_rewind"
        "pg_test_fsync"
        "pg_test_timing"
        "pg_upgrade"
        "pg_verifybackup"
        "pg_waldump"
        "pgbench"
        "psql"
        "reindexdb"
        "vacuumdb"
      ];
      folders = [
        "/usr/lib/postgresql/*/bin"
        "/usr/libexec/postgresql*"
      ];
      # It finds its files by the place of its program among them.
      files = {
        "lib/postgresql" = [ "/usr/lib/postgresql" ];
        "share/postgresql" = [ "/usr/share/postgresql" ];
        "lib64/pgsql" = [ "/usr/lib64/pgsql" ];
        "share/pgsql" = [ "/usr/share/pgsql" ];
      };
      # The compiler for queries alone is larger than all the rest.
      exclude = [
        "lib/postgresql/*/lib/bitcode"
        "lib/postgresql/*/lib/llvmjit*"
        "lib64/pgsql/bitcode"
        "lib64/pgsql/llvmjit*"
      ];
      interpreters = shells;
      mainProgram = "postgres";
      apt = "postgresql";
    };

    procps = {
      description = "Commands that show and signal processes";
      programs = [
        "ps"
        "free"
        "kill"
        "pgrep"
        "pidof"
        "pidwait"
        "pkill"
        "pmap"
        "pwdx"
        "skill"
        "slabtop"
        "snice"
        "sysctl"
        "tload"
        "top"
        "uptime"
        "vmstat"
        "w"
        "watch"
      ];
      mainProgram = "ps";
      apt = "procps";
    };

    psmisc = {
      description = "Commands that find processes by what they use";
      programs = [
        "killall"
        "fuser"
        "peekfd"
        "prtstat"
        "pslog"
        "pstree"
      ];
      mainProgram = "killall";
      apt = "psmisc";
    };

    python3 = {
      description = "Python and its standard library";
      programs = [ "python3" ];
      links.python = "python3";
      runtime = "python";
      interpreters = shells;
      mainProgram = "python3";
      passthru.withPackages = _: wanting "python3.withPackages";
      apt = "python3";
    };

    redis = {
      description = "A database server that keeps its data in memory";
      programs = [
        "redis-server"
        "redis-benchmark"
        "redis-check-aof"
        "redis-check-rdb"
        "redis-cli"
        "redis-sentinel"
      ];
      mainProgram = "redis-server";
      apt = "redis-server";
    };

    rsync = {
      description = "Copies what differs between folders";
      programs = [ "rsync" ];
      mainProgram = "rsync";
      apt = "rsync";
    };

    shadow = {
      description = "Commands that manage users and groups";
      programs = [
        "useradd"
        "chage"
        "chgpasswd"
        "chpasswd"
        "expiry"
        "faillog"
        "gpasswd"
        "groupadd"
        "groupdel"
        "groupmems"
        "groupmod"
        "grpck"
        "grpconv"
        "grpunconv"
        "newgidmap"
        "newgrp"
        "newuidmap"
        "newusers"
        "passwd"
        "pwck"
        "pwconv"
        "pwunconv"
        "userdel"
        "usermod"
        "vipw"
      ];
      links = {
        sg = "newgrp";
        vigr = "vipw";
      };
      apt = "passwd";
    };

    socat = {
      description = "Connects two streams of bytes";
      programs = [ "socat" ];
      mainProgram = "socat";
      apt = "socat";
    };

    sqlite = {
      description = "A database for SQL in a file";
      programs = [ "sqlite3" ];
      mainProgram = "sqlite3";
      apt = "sqlite3";
    };

    strace = {
      description = "Shows the system calls of a process";
      programs = [ "strace" ];
      mainProgram = "strace";
      apt = "strace";
    };

    tcpdump = {
      description = "Shows what passes a network device";
      programs = [ "tcpdump" ];
      mainProgram = "tcpdump";
      apt = "tcpdump";
    };

    tini = {
      description = "A first process for containers that passes signals on and reaps children";
      programs = [ "tini" ];
      folders = [ "/usr/libexec/docker" ];
      mainProgram = "tini";
      apt = "tini";
    };

    tmux = {
      description = "Several terminals in one, which outlive a connection";
      programs = [ "tmux" ];
      mainProgram = "tmux";
      apt = "tmux";
    };

    tree = {
      description = "Shows folders as a tree";
      programs = [ "tree" ];
      mainProgram = "tree";
      apt = "tree";
    };

    tzdata = {
      description = "The rules of the world's time zones";
      files."share/zoneinfo" = [ "/usr/share/zoneinfo" ];
      exclude = [ "share/zoneinfo/localtime" ];
      required = [ "share/zoneinfo" ];
      apt = "tzdata";
    };

    unzip = {
      description = "Unpacks zip archives";
      programs = [
        "unzip"
        "funzip"
        "unzipsfx"
        "zipgrep"
        "zipinfo"
      ];
      interpreters = shells;
      mainProgram = "unzip";
      apt = "unzip";
    };

    util-linux = {
      description = "Commands that control a Linux system";
      programs = [
        "flock"
        "agetty"
        "blkdiscard"
        "blkid"
        "blkzone"
        "blockdev"
        "cal"
        "cfdisk"
        "chcpu"
        "chmem"
        "choom"
        "chrt"
        "col"
        "colcrt"
        "colrm"
        "column"
        "ctrlaltdel"
        "delpart"
        "dmesg"
        "eject"
        "fallocate"
        "fdisk"
        "fincore"
        "findfs"
        "findmnt"
        "fsck"
        "fsfreeze"
        "fstrim"
        "getopt"
        "hexdump"
        "hwclock"
        "ionice"
        "ipcmk"
        "ipcrm"
        "ipcs"
        "isosize"
        "last"
        "ldattach"
        "logger"
        "login"
        "look"
        "losetup"
        "lsblk"
        "lscpu"
        "lsfd"
        "lsipc"
        "lsirq"
        "lslocks"
        "lslogins"
        "lsmem"
        "lsns"
        "mcookie"
        "mesg"
        "mkfs"
        "mkswap"
        "more"
        "mount"
        "mountpoint"
        "namei"
        "nologin"
        "nsenter"
        "partx"
        "pivot_root"
        "prlimit"
        "readprofile"
        "rename.ul"
        "renice"
        "resizepart"
        "rev"
        "rtcwake"
        "runuser"
        "script"
        "scriptlive"
        "scriptreplay"
        "setarch"
        "setpriv"
        "setsid"
        "setterm"
        "sfdisk"
        "su"
        "sulogin"
        "swaplabel"
        "swapoff"
        "swapon"
        "switch_root"
        "taskset"
        "uclampset"
        "ul"
        "umount"
        "unshare"
        "utmpdump"
        "uuidgen"
        "uuidparse"
        "wall"
        "wdctl"
        "whereis"
        "wipefs"
        "write"
        "zramctl"
      ];
      links = {
        lastb = "last";
        linux32 = "setarch";
        linux64 = "setarch";
        uname26 = "setarch";
      };
      apt = "util-linux";
    };

    vim = {
      description = "A text editor";
      programs = [
        "vim"
        "xxd"
      ];
      links = {
        ex = "vim";
        rview = "vim";
        rvim = "vim";
        vi = "vim";
        view = "vim";
        vimdiff = "vim";
      };
      files."share/vim" = [ "/usr/share/vim" ];
      environment.VIM = "share/vim";
      interpreters = shells;
      mainProgram = "vim";
      apt = "vim";
    };

    wget = {
      description = "Downloads files";
      programs = [ "wget" ];
      mainProgram = "wget";
      apt = "wget";
    };

    which = {
      description = "Finds programs in PATH";
      programs = [ "which" ];
      interpreters = shells;
      mainProgram = "which";
      apt = "debianutils";
    };

    xz = {
      description = "A compressor";
      programs = [
        "xz"
        "lzcat"
        "lzcmp"
        "lzdiff"
        "lzegrep"
        "lzfgrep"
        "lzgrep"
        "lzless"
        "lzma"
        "lzmainfo"
        "lzmore"
        "unlzma"
        "unxz"
        "xzcat"
        "xzcmp"
        "xzdiff"
        "xzegrep"
        "xzfgrep"
        "xzgrep"
        "xzless"
        "xzmore"
      ];
      interpreters = shells;
      mainProgram = "xz";
      apt = "xz-utils";
    };

    zip = {
      description = "Packs zip archives";
      programs = [
        "zip"
        "zipcloak"
        "zipnote"
        "zipsplit"
      ];
      mainProgram = "zip";
      apt = "zip";
    };

    zstd = {
      description = "A fast compressor";
      programs = [
        "zstd"
        "unzstd"
        "zstdcat"
        "zstdgrep"
        "zstdless"
        "zstdmt"
      ];
      interpreters = shells;
      mainProgram = "zstd";
      apt = "zstd";
    };
  };

  byMainProgram = builtins.listToAttrs (
    map (attr: {
      name = descriptions.${attr}.mainProgram or "";
      value = packages.${attr};
    }) (builtins.attrNames descriptions)
  );
in
{
  inherit packages;

  # A program of this machine that has no package here, by its name in PATH or its absolute path.
  hostProgram =
    name:
    if !builtins.isString name || name == "" then
      throw "hostProgram takes the name of a program, and this is of type ${builtins.typeOf name}"
    else
      byMainProgram.${name} or (make "hostProgram \"${name}\"" {
        description = "The program ${name} of this machine";
        pname = baseNameOf name;
        programs = [ name ];
        inherit interpreters;
        mainProgram = baseNameOf name;
      });
}
