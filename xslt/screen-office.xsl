<?xml version="1.0" encoding="UTF-8"?>
<!-- The screens of an office: accounts, trust, ledger, what is kept; and the
     account of whoever is logged in. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    xmlns:l="urn:ihala:listing:1" exclude-result-prefixes="ih p l">

  <!-- ==== what there is in the office -->
  <xsl:template match="p:page[@screen = 'office']" mode="main">
    <xsl:variable name="breaks" select="count(key('data', 'due')//l:break[@reviewer = ''])"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:if test="$breaks &gt; 0"><div class="urgent"><p><a href="/break"><xsl:value-of select="ih:say('screen.office.breaks', '', string($breaks))"/></a></p></div></xsl:if>
    <nav aria-label="{ih:word('screen.link.office', '')}">
      <ul class="places">
        <xsl:for-each select="p:link[@group = 'office' or @group = 'account']"><xsl:call-template name="link"/></xsl:for-each>
      </ul>
    </nav>
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.keeping.erasures'"/></xsl:call-template>
      <xsl:call-template name="button-form"><xsl:with-param name="action" select="'/keeping/erasures'"/><xsl:with-param name="label" select="ih:word('screen.keeping.erasures.do', '')"/></xsl:call-template>
    </section>
    <xsl:if test="p:may[@action = 'backup']"><xsl:call-template name="office-backups"/></xsl:if>
  </xsl:template>

  <xsl:template name="office-backups">
    <section>
      <h2><xsl:value-of select="ih:word('screen.keeping.backup', '')"/></h2>
      <ul>
        <li><xsl:value-of select="ih:word('screen.keeping.backup.1', '')"/></li>
        <li><xsl:value-of select="ih:word('screen.keeping.backup.2', '')"/></li>
        <li><xsl:value-of select="ih:word('screen.keeping.backup.3', '')"/></li>
      </ul>
      <p><xsl:value-of select="ih:word('screen.keeping.backup.how', '')"/></p>
      <pre dir="ltr">ihala registry backup -o DIR --keys DIR</pre>
    </section>
  </xsl:template>

  <!-- ==== accounts and roles -->
  <xsl:template match="p:page[@screen = 'users']" mode="main">
    <xsl:variable name="users" select="key('data', 'users')//l:users/l:user"/>
    <xsl:variable name="admit" select="p:may[@action = 'admit-users']"/>
    <xsl:variable name="register" select="p:may[@action = 'register-users']"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="key('data', 'users')/p:failure | key('data', 'users')/p:said"/>
    <table class="cards">
      <thead>
        <tr>
          <th scope="col"><xsl:value-of select="ih:word('screen.users.name', '')"/></th>
          <th scope="col"><xsl:value-of select="ih:word('screen.users.state', '')"/></th>
          <th scope="col"><xsl:value-of select="ih:word('screen.users.roles', '')"/></th>
          <th scope="col"><xsl:value-of select="ih:word('screen.users.by', '')"/></th>
          <xsl:if test="$admit or $register"><th scope="col"><xsl:value-of select="ih:word('screen.users.do', '')"/></th></xsl:if>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="$users">
          <tr>
            <td data-title="{ih:word('screen.users.name', '')}"><bdi><xsl:value-of select="@user"/></bdi></td>
            <td data-title="{ih:word('screen.users.state', '')}"><xsl:call-template name="office-user-state"/></td>
            <td data-title="{ih:word('screen.users.roles', '')}"><xsl:call-template name="office-role-names"><xsl:with-param name="roles" select="@roles"/></xsl:call-template></td>
            <td data-title="{ih:word('screen.users.by', '')}"><bdi><xsl:value-of select="@by"/></bdi></td>
            <xsl:if test="$admit or $register">
              <td class="acts">
                <xsl:if test="$admit and @state = 'registered'">
                  <xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/user/', @user, '/admit')"/><xsl:with-param name="label" select="ih:say('screen.users.admit', '', ih:apart(string(@user)))"/></xsl:call-template>
                </xsl:if>
                <xsl:if test="$register and @state != 'revoked' and @user != $page/@user">
                  <xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/user/', @user, '/revoke')"/><xsl:with-param name="label" select="ih:say('screen.users.revoke', '', ih:apart(string(@user)))"/></xsl:call-template>
                </xsl:if>
              </td>
            </xsl:if>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <xsl:if test="$register"><xsl:call-template name="office-register-form"/></xsl:if>
    <xsl:if test="$admit">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.users.rotate'"/></xsl:call-template>
        <xsl:call-template name="button-form"><xsl:with-param name="action" select="'/user/rotate'"/><xsl:with-param name="label" select="ih:word('screen.users.rotate', '')"/></xsl:call-template>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="office-user-state">
    <xsl:variable name="key" select="concat('screen.users.state.', @state)"/>
    <xsl:choose>
      <xsl:when test="ih:has-word($key)"><xsl:value-of select="ih:word($key, '')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@state"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- "screener,supervisor" in words. -->
  <xsl:template name="office-role-names">
    <xsl:param name="roles"/>
    <xsl:variable name="first" select="substring-before(concat($roles, ','), ',')"/>
    <xsl:variable name="rest" select="substring-after($roles, ',')"/>
    <xsl:if test="$first != ''">
      <span class="tag"><xsl:value-of select="ih:word(concat('role.', $first), '')"/></span><xsl:text> </xsl:text>
      <xsl:call-template name="office-role-names"><xsl:with-param name="roles" select="$rest"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="office-register-form">
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.users.register'"/></xsl:call-template>
      <form method="post" action="/user">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'user'"/><xsl:with-param name="key" select="'screen.users.new-name'"/></xsl:call-template>
        <fieldset class="field">
          <legend><xsl:value-of select="ih:word('screen.users.roles', '')"/></legend>
          <xsl:for-each select="key('data', 'roles')//l:column[position() &gt; 1]">
            <div class="choice">
              <input type="checkbox" name="role" value="{@key}" id="role-{@key}"/>
              <label for="role-{@key}"><xsl:value-of select="@title"/></label>
            </div>
          </xsl:for-each>
        </fieldset>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'passphrase'"/><xsl:with-param name="key" select="'screen.users.first'"/><xsl:with-param name="type" select="'password'"/><xsl:with-param name="autocomplete" select="'new-password'"/></xsl:call-template>
        <button><xsl:value-of select="ih:word('screen.users.register.do', '')"/></button>
      </form>
    </section>
  </xsl:template>

  <!-- The table of roles, first as a list a role, which a narrow screen and a
       screen reader follow. -->
  <xsl:template match="p:page[@screen = 'roles']" mode="main">
    <xsl:variable name="table" select="key('data', 'roles')/p:printed/l:roles"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p class="hint"><xsl:value-of select="ih:word('screen.roles.hint', '')"/></p>
    <xsl:for-each select="$table/l:column[position() &gt; 1]">
      <xsl:variable name="role" select="@key"/>
      <details>
        <summary><xsl:value-of select="@title"/></summary>
        <ul>
          <xsl:for-each select="$table/l:action[@*[name() = $role] != 'none']">
            <li><xsl:value-of select="ih:word(concat('may.', @action), '')"/> – <xsl:value-of select="ih:word(concat('reach.', @*[name() = $role]), '')"/></li>
          </xsl:for-each>
        </ul>
      </details>
    </xsl:for-each>
    <h2><xsl:value-of select="ih:word('screen.roles.table', '')"/></h2>
    <div class="wide" tabindex="0" role="region" aria-label="{ih:word('screen.roles.table', '')}">
      <table>
        <thead><tr><xsl:for-each select="$table/l:column"><th scope="col"><xsl:value-of select="@title"/></th></xsl:for-each></tr></thead>
        <tbody>
          <xsl:for-each select="$table/l:action">
            <xsl:variable name="row" select="."/>
            <tr>
              <th scope="row"><xsl:value-of select="ih:word(concat('may.', @action), '')"/></th>
              <xsl:for-each select="$table/l:column[position() &gt; 1]">
                <xsl:variable name="reach" select="$row/@*[name() = current()/@key]"/>
                <td><xsl:choose><xsl:when test="$reach = 'none'">–</xsl:when><xsl:otherwise><xsl:value-of select="ih:word(concat('reach.', $reach), '')"/></xsl:otherwise></xsl:choose></td>
              </xsl:for-each>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <!-- ==== trust -->
  <xsl:template match="p:page[@screen = 'trust']" mode="main">
    <xsl:variable name="trust" select="p:may[@action = 'trust']"/>
    <xsl:variable name="partners" select="key('data', 'partners')//l:partner"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:done/p:lines" mode="aloud"/>
    <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.trust.partners'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$partners"><xsl:apply-templates select="key('data', 'partners')" mode="listing"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="key('data', 'partners')/p:failure"/><p class="none"><xsl:value-of select="ih:word('screen.trust.partners.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$trust">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.trust.add'"/></xsl:call-template>
        <h3><xsl:value-of select="ih:word('screen.trust.step.look', '')"/></h3>
        <xsl:call-template name="office-file-form"><xsl:with-param name="action" select="'/trust/aloud'"/><xsl:with-param name="id" select="'look'"/><xsl:with-param name="do" select="'screen.trust.look.do'"/></xsl:call-template>
        <h3><xsl:value-of select="ih:word('screen.trust.step.add', '')"/></h3>
        <form method="post" action="/trust" enctype="multipart/form-data">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'file'"/><xsl:with-param name="id" select="'add'"/><xsl:with-param name="key" select="'screen.file'"/><xsl:with-param name="type" select="'file'"/></xsl:call-template>
          <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'fingerprint'"/><xsl:with-param name="key" select="'screen.trust.fingerprint'"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
          <button><xsl:value-of select="ih:word('screen.trust.add.do', '')"/></button>
        </form>
        <!-- those that wait have no fingerprint in the list -->
        <xsl:if test="$partners[@fingerprint = '']"><h3><xsl:value-of select="ih:word('screen.trust.step.confirm', '')"/></h3></xsl:if>
        <xsl:for-each select="$partners[@fingerprint = '']">
          <form method="post" action="/trust/{@committee}/confirm">
            <xsl:call-template name="tokens"/>
            <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'fingerprint'"/><xsl:with-param name="id" select="concat('confirm-', @committee)"/><xsl:with-param name="key" select="'screen.trust.fingerprint'"/><xsl:with-param name="value" select="''"/></xsl:call-template>
            <button><xsl:value-of select="ih:say('screen.trust.confirm.do', '', ih:apart(string(@committee)))"/></button>
          </form>
        </xsl:for-each>
      </section>
    </xsl:if>
    <section class="do">
      <h2><xsl:value-of select="ih:word('screen.trust.own', '')"/></h2>
      <xsl:if test="p:may[@action = 'exchange']"><p><a href="/trust/aloud"><xsl:value-of select="ih:word('screen.trust.own.aloud', '')"/></a></p></xsl:if>
      <xsl:apply-templates select="key('data', 'keys')" mode="listing"/>
      <xsl:if test="p:may[@action = 'exchange']">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.trust.publish'"/></xsl:call-template>
        <xsl:call-template name="button-form"><xsl:with-param name="action" select="'/trust/publish'"/><xsl:with-param name="label" select="ih:word('screen.trust.publish.do', '')"/></xsl:call-template>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="l:partners/l:partner/@committee" mode="cell">
    <xsl:choose>
      <xsl:when test="../@fingerprint != ''"><a href="/trust/{.}"><bdi dir="ltr"><xsl:value-of select="."/></bdi></a></xsl:when>
      <xsl:otherwise><bdi dir="ltr"><xsl:value-of select="."/></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="l:certificate/@use | l:key/@use" mode="cell">
    <xsl:choose>
      <xsl:when test="ih:has-word(concat('screen.trust.use.', .))"><xsl:value-of select="ih:word(concat('screen.trust.use.', .), '')"/></xsl:when>
      <xsl:otherwise><bdi dir="ltr"><xsl:value-of select="."/></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="@added | @until | @since" mode="cell"><xsl:call-template name="office-date"><xsl:with-param name="day" select="."/></xsl:call-template></xsl:template>
  <xsl:template match="@fingerprint | @digest" mode="cell"><bdi dir="ltr" class="digest"><xsl:value-of select="."/></bdi></xsl:template>

  <!-- Digits on a line of their own, each with its name. -->
  <xsl:template match="p:lines" mode="aloud">
    <section>
      <h2><xsl:value-of select="ih:word('screen.trust.aloud', '')"/></h2>
      <pre class="aloud"><xsl:for-each select="p:line"><xsl:value-of select="."/><xsl:text>&#10;</xsl:text></xsl:for-each></pre>
    </section>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'trust-aloud']" mode="main">
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <xsl:apply-templates select="p:data/p:printed/p:lines" mode="aloud"/>
    <p><a href="/trust"><xsl:value-of select="ih:word('screen.back', '')"/></a></p>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'partner']" mode="main">
    <xsl:variable name="committee" select="key('field', 'committee')[1]"/>
    <xsl:variable name="keys" select="key('data', 'certificates')//l:certificate"/>
    <h1><xsl:apply-templates select="." mode="title"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$committee"/></bdi></h1>
    <xsl:if test="p:done/*">
      <h2><xsl:value-of select="ih:word('screen.trust.letters', '')"/></h2>
      <xsl:apply-templates select="p:done/*[l:column]"/>
    </xsl:if>
    <xsl:apply-templates select="key('data', 'certificates')" mode="listing"/>
    <xsl:if test="p:may[@action = 'trust'] and $keys">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.trust.withdraw'"/></xsl:call-template>
        <form method="post" action="/trust/{$committee}/withdraw">
          <xsl:call-template name="tokens"/>
          <div class="field">
            <label for="f-key"><xsl:value-of select="ih:word('screen.trust.key', '')"/></label>
            <select id="f-key" name="key">
              <option value=""><xsl:value-of select="ih:word('screen.trust.key.all', '')"/></option>
              <xsl:for-each select="$keys[@fingerprint != '']"><option value="{@fingerprint}"><xsl:apply-templates select="@use" mode="cell"/> – <xsl:value-of select="substring(@fingerprint, 1, 19)"/></option></xsl:for-each>
            </select>
          </div>
          <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'since'"/><xsl:with-param name="key" select="'screen.trust.since'"/><xsl:with-param name="type" select="'date'"/></xsl:call-template>
          <button class="danger"><xsl:value-of select="ih:word('screen.trust.withdraw.do', '')"/></button>
        </form>
      </section>
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.trust.crl'"/></xsl:call-template>
        <xsl:call-template name="office-file-form"><xsl:with-param name="action" select="concat('/trust/', $committee, '/crl')"/><xsl:with-param name="do" select="'screen.trust.crl.do'"/></xsl:call-template>
      </section>
    </xsl:if>
    <p><a href="/trust"><xsl:value-of select="ih:word('screen.back', '')"/></a></p>
  </xsl:template>

  <!-- ==== the ledger -->
  <xsl:template match="p:page[@screen = 'ledger']" mode="main">
    <xsl:variable name="head" select="key('data', 'verify')//p:line[last()]"/>
    <xsl:variable name="root" select="key('data', 'verify')/p:printed//p:line[1]"/>
    <xsl:variable name="first" select="key('data', 'entries')//l:entry[1]/@entry"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="key('data', 'verify')/p:failure"/>
    <xsl:if test="$root">
      <p class="said"><xsl:value-of select="ih:say('screen.ledger.verified', '', substring-before($root, ' '))"/></p>
      <dl class="facts"><dt><xsl:value-of select="ih:word('screen.ledger.root', '')"/></dt><dd><bdi dir="ltr" class="digest"><xsl:value-of select="substring-after($root, ' ')"/></bdi></dd></dl>
    </xsl:if>
    <xsl:if test="p:done/p:lines">
      <section class="result"><h2><xsl:value-of select="ih:word('screen.ledger.proof', '')"/></h2><xsl:apply-templates select="p:done/p:lines"/></section>
    </xsl:if>
    <h2><xsl:value-of select="ih:word('screen.ledger.last', '')"/></h2>
    <xsl:call-template name="office-acts"/>
    <xsl:if test="$first &gt; 0"><p><xsl:call-template name="office-part-link"><xsl:with-param name="since" select="$first - 40"/><xsl:with-param name="key" select="'screen.ledger.older'"/></xsl:call-template></p></xsl:if>
    <form method="get" action="/ledger/part">
      <input type="hidden" name="since" value="0"/>
      <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'code'"/><xsl:with-param name="key" select="'screen.ledger.code'"/></xsl:call-template>
      <button class="second"><xsl:value-of select="ih:word('screen.ledger.look', '')"/></button>
    </form>
    <xsl:if test="p:may[@action = 'audit']"><xsl:call-template name="office-proofs"/></xsl:if>
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.ledger.check'"/></xsl:call-template>
      <form method="post" action="/ledger/check" enctype="multipart/form-data">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'proof'"/><xsl:with-param name="key" select="'screen.ledger.check.file'"/><xsl:with-param name="type" select="'file'"/></xsl:call-template>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'older'"/><xsl:with-param name="id" select="'check-older'"/><xsl:with-param name="key" select="'screen.ledger.check.older'"/><xsl:with-param name="type" select="'file'"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'fingerprint'"/><xsl:with-param name="key" select="'screen.ledger.check.key'"/><xsl:with-param name="required" select="false()"/></xsl:call-template>
        <button class="second"><xsl:value-of select="ih:word('screen.ledger.check.do', '')"/></button>
      </form>
    </section>
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.ledger.registry'"/></xsl:call-template>
      <xsl:call-template name="button-form"><xsl:with-param name="action" select="'/ledger/registry'"/><xsl:with-param name="label" select="ih:word('screen.ledger.registry.do', '')"/></xsl:call-template>
    </section>
  </xsl:template>

  <!-- What an act was on: a code and which part of it, or a change and its
       account, or one thing of the office. -->
  <xsl:template name="office-subject">
    <xsl:variable name="first" select="substring-before(concat(@subject, ' '), ' ')"/>
    <xsl:variable name="rest" select="substring-after(@subject, ' ')"/>
    <xsl:variable name="second" select="substring-before(concat($rest, ' '), ' ')"/>
    <xsl:variable name="whole" select="translate(@subject, ' ', '-')"/>
    <xsl:choose>
      <xsl:when test="(@act = 'keep' or @act = 'export' or @act = 'count' or @act = 'search' or @act = 'backup' or @act = 'restore') and ih:has-word(concat('screen.subject.', $whole))"><xsl:value-of select="ih:word(concat('screen.subject.', $whole), '')"/></xsl:when>
      <xsl:when test="@act = 'users' and ih:has-word(concat('screen.subject.', $first))"><xsl:value-of select="ih:word(concat('screen.subject.', $first), '')"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$rest"/></bdi></xsl:when>
      <xsl:when test="@act != 'users' and ih:has-word(concat('screen.subject.', $second))"><bdi dir="ltr"><xsl:value-of select="$first"/></bdi><xsl:text> </xsl:text><xsl:value-of select="ih:word(concat('screen.subject.', $second), '')"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="substring-after($rest, ' ')"/></bdi></xsl:when>
      <xsl:otherwise><bdi dir="ltr"><xsl:value-of select="@subject"/></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Who did what, and when: the digest is in the proof of the entry. -->
  <xsl:template name="office-acts">
    <xsl:apply-templates select="key('data', 'entries')/p:failure"/>
    <table class="cards acts">
      <thead><tr>
        <th scope="col"><xsl:value-of select="ih:word('screen.ledger.number', '')"/></th>
        <th scope="col"><xsl:value-of select="ih:word('screen.ledger.when', '')"/></th>
        <th scope="col"><xsl:value-of select="ih:word('screen.users.name', '')"/></th>
        <th scope="col"><xsl:value-of select="ih:word('screen.ledger.act', '')"/></th>
        <th scope="col"><xsl:value-of select="ih:word('screen.ledger.subject', '')"/></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="key('data', 'entries')//l:entry">
          <xsl:sort select="@entry" data-type="number" order="descending"/>
          <tr>
            <td data-title="{ih:word('screen.ledger.number', '')}"><xsl:value-of select="@entry"/></td>
            <td data-title="{ih:word('screen.ledger.when', '')}"><bdi dir="ltr"><xsl:value-of select="concat(substring(@instant, 1, 10), ' ', substring(@instant, 12, 5))"/></bdi></td>
            <td data-title="{ih:word('screen.users.name', '')}"><bdi><xsl:value-of select="@user"/></bdi></td>
            <td data-title="{ih:word('screen.ledger.act', '')}"><xsl:value-of select="ih:word(concat('screen.act.', @act), '')"/></td>
            <td data-title="{ih:word('screen.ledger.subject', '')}"><xsl:call-template name="office-subject"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template name="office-proofs">
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.ledger.proofs'"/></xsl:call-template>
      <p class="hint"><xsl:value-of select="ih:word('screen.ledger.checkpoint.hint', '')"/></p>
      <xsl:call-template name="button-form"><xsl:with-param name="action" select="'/ledger/checkpoint'"/><xsl:with-param name="label" select="ih:word('screen.ledger.checkpoint.do', '')"/></xsl:call-template>
      <form method="post" action="/ledger/prove">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'entry'"/><xsl:with-param name="key" select="'screen.ledger.entry'"/><xsl:with-param name="type" select="'number'"/></xsl:call-template>
        <button class="second"><xsl:value-of select="ih:word('screen.ledger.prove.do', '')"/></button>
      </form>
      <xsl:call-template name="office-file-form"><xsl:with-param name="action" select="'/ledger/grown'"/><xsl:with-param name="name" select="'older'"/><xsl:with-param name="key" select="'screen.ledger.older-file'"/><xsl:with-param name="do" select="'screen.ledger.grown.do'"/></xsl:call-template>
    </section>
  </xsl:template>

  <!-- Forty entries from SINCE on. -->
  <xsl:template name="office-part-link">
    <xsl:param name="since"/>
    <xsl:param name="key"/>
    <xsl:variable name="from" select="$since * ($since &gt; 0)"/>
    <a href="/ledger/part?since={$from}&amp;until={$from + 39}"><xsl:value-of select="ih:word($key, '')"/></a>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'ledger-part']" mode="main">
    <xsl:variable name="since" select="key('field', 'since')[1]"/>
    <xsl:variable name="entries" select="key('data', 'entries')//l:entry"/>
    <h1><xsl:apply-templates select="." mode="title"/><xsl:if test="key('field', 'code')"><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="key('field', 'code')[1]"/></bdi></xsl:if></h1>
    <xsl:if test="$entries"><p><xsl:value-of select="ih:say('screen.ledger.range', '', string($entries[1]/@entry), string($entries[last()]/@entry))"/></p></xsl:if>
    <xsl:call-template name="office-acts"/>
    <xsl:if test="not(key('field', 'code'))">
      <ul class="places">
        <xsl:if test="$since &gt; 0"><li><xsl:call-template name="office-part-link"><xsl:with-param name="since" select="$since - 40"/><xsl:with-param name="key" select="'screen.ledger.older'"/></xsl:call-template></li></xsl:if>
        <xsl:if test="count($entries) = 40"><li><xsl:call-template name="office-part-link"><xsl:with-param name="since" select="$since + 40"/><xsl:with-param name="key" select="'screen.ledger.newer'"/></xsl:call-template></li></xsl:if>
      </ul>
    </xsl:if>
    <p><a href="/ledger"><xsl:value-of select="ih:word('screen.back', '')"/></a></p>
  </xsl:template>

  <!-- ==== emergencies -->
  <xsl:template match="p:page[@screen = 'breaks']" mode="main">
    <xsl:variable name="rows" select="key('data', 'breaks')//l:break"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <xsl:if test="p:done/p:lines">
      <section class="result"><h2><xsl:value-of select="ih:word('screen.breaks.reason', '')"/></h2>
        <xsl:for-each select="p:done/p:lines/p:line"><p class="written" dir="auto"><xsl:value-of select="."/></p></xsl:for-each>
      </section>
    </xsl:if>
    <p class="hint"><xsl:value-of select="ih:word('screen.breaks.hint', '')"/></p>
    <xsl:if test="not($rows)"><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:if>
    <xsl:if test="$rows[@reviewer = '']">
      <h2><xsl:value-of select="ih:word('screen.breaks.waiting', '')"/></h2>
      <ul class="entries"><xsl:apply-templates select="$rows[@reviewer = '']" mode="broken"/></ul>
    </xsl:if>
    <xsl:if test="$rows[@reviewer != '']">
      <h2><xsl:value-of select="ih:word('screen.breaks.seen', '')"/></h2>
      <ul class="entries"><xsl:apply-templates select="$rows[@reviewer != '']" mode="broken"/></ul>
    </xsl:if>
  </xsl:template>

  <xsl:template match="l:break" mode="broken">
    <li>
      <p><strong><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></strong></p>
      <p><xsl:value-of select="ih:say('screen.breaks.by', '', ih:apart(string(@user)), ih:date(string(@until), ''))"/></p>
      <xsl:choose>
        <xsl:when test="@reviewer != ''"><p><xsl:value-of select="ih:say('screen.breaks.reviewer', '', ih:apart(string(@reviewer)))"/></p></xsl:when>
        <xsl:when test="$page/p:may[@action = 'review-break-glass'] and @user != $page/@user">
          <xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/break/', @entry, '/review')"/><xsl:with-param name="label" select="ih:word('screen.breaks.review', '')"/></xsl:call-template>
        </xsl:when>
      </xsl:choose>
    </li>
  </xsl:template>

  <!-- ==== what is kept, and for how long -->
  <xsl:template match="p:page[@screen = 'keeping']" mode="main">
    <xsl:variable name="due" select="key('data', 'due')//l:due/l:case"/>
    <xsl:variable name="holds" select="key('data', 'holds')//l:hold"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.keeping.due'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$due">
        <ul class="entries">
          <xsl:for-each select="$due">
            <li>
              <p><a href="/case/{@code}"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></a><xsl:text> </xsl:text><xsl:value-of select="@what"/><xsl:text> </xsl:text><xsl:call-template name="office-date"><xsl:with-param name="day" select="@due"/></xsl:call-template></p>
              <p><a href="/case/{@code}/keeping"><xsl:value-of select="ih:word('screen.keeping.hold', '')"/></a></p>
              <xsl:if test="$page/p:may[@action = 'audit'] and not($holds[@code = current()/@code])">
                <p><a href="/case/{@code}/destroy"><xsl:value-of select="ih:say('screen.keeping.destroy', '', ih:isolate(string(@code)))"/></a></p>
              </xsl:if>
            </li>
          </xsl:for-each>
        </ul>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.keeping.due.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
    <h2><xsl:value-of select="ih:word('screen.keeping.holds', '')"/></h2>
    <xsl:choose>
      <xsl:when test="$holds">
        <ul class="rows">
          <xsl:for-each select="$holds">
            <li><a href="/case/{@code}/keeping"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></a><span><xsl:value-of select="ih:say('screen.decide.until', '', ih:date(string(@until), ''))"/></span><bdi><xsl:value-of select="@user"/></bdi></li>
          </xsl:for-each>
        </ul>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.keeping.holds.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="p:may[@action = 'backup']"><xsl:call-template name="office-backups"/></xsl:if>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'case-holds']" mode="main">
    <xsl:variable name="code" select="key('field', 'code')[1]"/>
    <h1><xsl:apply-templates select="." mode="title"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$code"/></bdi></h1>
    <h2><xsl:value-of select="ih:word('screen.hold.history', '')"/></h2>
    <xsl:apply-templates select="key('data', 'holds')" mode="listing"/>
    <!-- the data-protection officer's -->
    <xsl:if test="p:may[@action = 'move'] and p:may[@action = 'audit'] and not(p:data/p:failure)">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.hold.begin'"/></xsl:call-template>
        <form method="post" action="/case/{$code}/keeping">
          <xsl:call-template name="tokens"/>
          <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'until'"/><xsl:with-param name="key" select="'screen.hold.until'"/><xsl:with-param name="type" select="'date'"/></xsl:call-template>
          <xsl:call-template name="office-written"><xsl:with-param name="name" select="'reason'"/><xsl:with-param name="key" select="'screen.hold.reason'"/><xsl:with-param name="least" select="1"/></xsl:call-template>
          <button><xsl:value-of select="ih:word('screen.hold.begin.do', '')"/></button>
        </form>
        <xsl:if test="key('data', 'holds')//l:hold">
          <xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/case/', $code, '/keeping/end')"/><xsl:with-param name="label" select="ih:word('screen.hold.end', '')"/></xsl:call-template>
        </xsl:if>
      </section>
    </xsl:if>
    <p><a href="/case/{$code}"><xsl:value-of select="ih:word('screen.decide.case', '')"/></a></p>
  </xsl:template>

  <!-- A page of its own: what is destroyed does not come back. -->
  <xsl:template match="p:page[@screen = 'destroying']" mode="main">
    <xsl:variable name="code" select="key('field', 'code')[1]"/>
    <h1><xsl:apply-templates select="." mode="title"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$code"/></bdi></h1>
    <xsl:apply-templates select="p:data/p:failure"/>
    <p><xsl:value-of select="ih:word('screen.keeping.destroy.hint', '')"/></p>
    <xsl:choose>
      <xsl:when test="key('data', 'holds')//l:hold[@code = $code]"><p class="urgent"><xsl:value-of select="ih:word('screen.keeping.destroy.held', '')"/></p></xsl:when>
      <xsl:when test="not(key('data', 'due')//l:case[@code = $code])"><p><xsl:value-of select="ih:word('screen.keeping.destroy.early', '')"/></p></xsl:when>
      <xsl:when test="p:may[@action = 'audit']"><xsl:call-template name="button-form"><xsl:with-param name="action" select="concat('/case/', $code, '/destroy')"/><xsl:with-param name="label" select="ih:word('screen.keeping.destroy.do', '')"/><xsl:with-param name="class" select="'danger'"/></xsl:call-template></xsl:when>
    </xsl:choose>
    <p><a href="/keeping"><xsl:value-of select="ih:word('screen.back', '')"/></a></p>
  </xsl:template>

  <!-- ==== packs and words -->
  <xsl:template match="p:page[@screen = 'packs']" mode="main">
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data/p:failure | p:data/p:said"/>
    <h2><xsl:value-of select="ih:word('screen.packs.files', '')"/></h2>
    <xsl:apply-templates select="key('data', 'pack')/p:printed/*"/>
    <xsl:if test="p:may[@action = 'exchange']">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.packs.verify'"/></xsl:call-template>
        <xsl:call-template name="office-file-form"><xsl:with-param name="action" select="'/pack/verify'"/><xsl:with-param name="id" select="'verify'"/><xsl:with-param name="do" select="'screen.packs.verify.do'"/></xsl:call-template>
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.packs.make'"/></xsl:call-template>
        <xsl:call-template name="button-form"><xsl:with-param name="action" select="'/pack/make'"/><xsl:with-param name="label" select="ih:word('screen.packs.make.do', '')"/></xsl:call-template>
      </section>
    </xsl:if>
    <xsl:if test="p:may[@action = 'adopt-pack']">
      <section class="do">
        <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.packs.load'"/></xsl:call-template>
        <xsl:call-template name="office-file-form"><xsl:with-param name="action" select="'/pack'"/><xsl:with-param name="id" select="'load'"/><xsl:with-param name="do" select="'screen.packs.load.do'"/></xsl:call-template>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="l:pack/l:file/@kind" mode="cell">
    <xsl:choose>
      <xsl:when test="ih:has-word(concat('screen.packs.kind.', .))"><xsl:value-of select="ih:word(concat('screen.packs.kind.', .), '')"/></xsl:when>
      <xsl:otherwise><bdi dir="ltr"><xsl:value-of select="."/></bdi></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="l:pack/l:file/@installed" mode="cell"><xsl:value-of select="ih:word(concat('screen.packs.', .), '')"/></xsl:template>
  <xsl:template match="l:pack/l:file/@digest" mode="cell"><bdi dir="ltr" class="digest"><xsl:value-of select="substring(., 1, 12)"/></bdi></xsl:template>

  <!-- The first of them; the whole is a file. -->
  <xsl:template match="p:page[@screen = 'words']" mode="main">
    <xsl:variable name="rows" select="key('data', 'words')//l:word"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data/p:failure | p:data/p:said"/>
    <xsl:call-template name="button-form"><xsl:with-param name="action" select="'/words'"/><xsl:with-param name="label" select="ih:word('screen.words.all', '')"/></xsl:call-template>
    <h2><xsl:value-of select="ih:say('screen.words.shown', '', '60')"/></h2>
    <dl class="facts">
      <xsl:for-each select="$rows[position() &lt;= 60]"><dt><bdi dir="ltr"><xsl:value-of select="@where"/></bdi></dt><dd dir="auto"><xsl:value-of select="@text"/></dd></xsl:for-each>
    </dl>
  </xsl:template>

  <!-- ==== the account -->
  <xsl:template match="p:page[@screen = 'account']" mode="main">
    <xsl:variable name="me" select="key('data', 'users')//l:user[@user = $page/@user]"/>
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data/p:failure | p:data/p:said"/>
    <dl class="facts">
      <dt><xsl:value-of select="ih:word('screen.account.who', '')"/></dt><dd><bdi><xsl:value-of select="@user"/></bdi></dd>
      <dt><xsl:value-of select="ih:word('screen.users.roles', '')"/></dt><dd><xsl:call-template name="office-role-names"><xsl:with-param name="roles" select="$me/@roles"/></xsl:call-template></dd>
    </dl>
    <section class="do">
      <xsl:call-template name="office-heading"><xsl:with-param name="key" select="'screen.account.passphrase'"/></xsl:call-template>
      <form method="post" action="/account/passphrase">
        <xsl:call-template name="tokens"/>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'old'"/><xsl:with-param name="key" select="'screen.account.old'"/><xsl:with-param name="type" select="'password'"/><xsl:with-param name="autocomplete" select="'current-password'"/></xsl:call-template>
        <xsl:call-template name="office-typed"><xsl:with-param name="name" select="'new'"/><xsl:with-param name="key" select="'screen.account.new'"/><xsl:with-param name="type" select="'password'"/><xsl:with-param name="autocomplete" select="'new-password'"/></xsl:call-template>
        <button><xsl:value-of select="ih:word('screen.account.passphrase.do', '')"/></button>
      </form>
    </section>
    <section>
      <h2><xsl:value-of select="ih:word('screen.account.languages', '')"/></h2>
      <p><xsl:value-of select="ih:word('screen.account.languages.hint', '')"/></p>
    </section>
    <section>
      <h2><xsl:value-of select="ih:word('screen.account.may', '')"/></h2>
      <xsl:if test="p:may[@reach = 'office']"><h3><xsl:value-of select="ih:word('screen.account.may.office', '')"/></h3><ul><xsl:for-each select="p:may[@reach = 'office']"><li><xsl:value-of select="ih:word(concat('may.', @action), '')"/></li></xsl:for-each></ul></xsl:if>
      <xsl:if test="p:may[@reach = 'own']"><h3><xsl:value-of select="ih:word('screen.account.may.own', '')"/></h3><ul><xsl:for-each select="p:may[@reach = 'own']"><li><xsl:value-of select="ih:word(concat('may.', @action), '')"/></li></xsl:for-each></ul></xsl:if>
    </section>
    <ul class="places">
      <li><a href="/roles"><xsl:value-of select="ih:word('screen.link.roles', '')"/></a></li>
      <li><a href="/pack"><xsl:value-of select="ih:word('screen.link.packs', '')"/></a></li>
      <li><a href="/words"><xsl:value-of select="ih:word('screen.link.words', '')"/></a></li>
    </ul>
    <form method="post" action="/logout"><button class="second"><xsl:value-of select="ih:word('screen.logout', '')"/></button></form>
  </xsl:template>
</xsl:stylesheet>
