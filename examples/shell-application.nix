# A script that brings the programs it calls, and stops at the first error.
with import <nixpkgs> { };
let
  changelog = writeShellApplication {
    name = "changelog";
    runtimeInputs = [
      coreutils
      git
      gnused
    ];
    text = ''
      export HOME=/tmp GIT_CONFIG_GLOBAL=${gitconfig}
      git init --quiet /tmp/project
      cd /tmp/project
      for change in "Start" "Continue" "Finish"; do
        git commit --quiet --allow-empty --message "$change"
      done
      git log --reverse --format=%s | sed 's/^/- /'
    '';
  };
  gitconfig = writeText "gitconfig" (
    lib.generators.toGitINI {
      user = {
        name = "A. U. Thor";
        email = "author@example.org";
      };
      init.defaultBranch = "main";
    }
  );
in
ociTools.buildContainer {
  args = [ (lib.getExe changelog) ];
  readonly = true;
}
