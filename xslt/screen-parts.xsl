<?xml version="1.0" encoding="UTF-8"?>
<!-- What many screens are made of: messages, tables, forms and their fields. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    xmlns:l="urn:ihala:listing:1" exclude-result-prefixes="ih p l">

  <!-- What is asked, by name. -->
  <xsl:key name="field" match="p:page/p:field" use="@name"/>
  <xsl:key name="data" match="p:page/p:data" use="@name"/>

  <!-- ==== messages -->
  <!-- PLACE: what the page calls it. -->
  <xsl:template match="p:failure">
    <xsl:param name="place" select="/.."/>
    <div class="failure" role="alert" tabindex="-1" id="failure">
      <h2><xsl:value-of select="ih:word('screen.failed', '')"/></h2>
      <p><xsl:value-of select="p:text"/></p>
      <xsl:choose>
        <!-- what a program says of a place is in English -->
        <xsl:when test="not($place) and contains(p:place, ' ') and $page/@lang != 'en'">
          <details><summary><xsl:value-of select="ih:word('screen.failed.more', '')"/></summary><p class="place" lang="en" dir="ltr"><xsl:value-of select="p:place"/></p></details>
        </xsl:when>
        <xsl:when test="$place or p:place"><p class="place"><bdi><xsl:value-of select="$place | p:place[not($place)]"/></bdi></p></xsl:when>
      </xsl:choose>
      <xsl:if test="@code"><p class="code"><bdi dir="ltr"><xsl:value-of select="@code"/></bdi></p></xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="p:page/p:said">
    <div class="said" role="status">
      <xsl:for-each select="p:line"><p><xsl:value-of select="."/></p></xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template match="p:data/p:said">
    <xsl:for-each select="p:line"><p class="note"><xsl:value-of select="."/></p></xsl:for-each>
  </xsl:template>

  <!-- ==== what a command printed -->
  <xsl:template match="p:data">
    <section>
      <xsl:if test="ih:has-word(concat('screen.data.', @name))"><h2><xsl:value-of select="ih:word(concat('screen.data.', @name), '')"/></h2></xsl:if>
      <xsl:apply-templates select="p:failure | p:said"/>
      <xsl:apply-templates select="p:printed/*"/>
    </section>
  </xsl:template>

  <xsl:template match="p:printed/p:lines | p:done/p:lines">
    <pre><xsl:for-each select="p:line"><xsl:value-of select="."/><xsl:text>&#10;</xsl:text></xsl:for-each></pre>
  </xsl:template>

  <!-- A listing: on a narrow screen each row is a card, so each cell says what
       it is.  What a column says in codes another says in words. -->
  <xsl:template match="p:printed/*[l:column] | p:done/*[l:column]">
    <xsl:choose>
      <xsl:when test="*[not(self::l:column)]">
        <table class="cards">
          <thead><tr><xsl:for-each select="l:column[not(contains(@key, '-code'))]"><th scope="col"><xsl:value-of select="@title"/></th></xsl:for-each></tr></thead>
          <tbody><xsl:apply-templates select="*[not(self::l:column)]" mode="row"/></tbody>
        </table>
      </xsl:when>
      <xsl:otherwise><p class="none"><xsl:value-of select="ih:word('screen.none', '')"/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="*" mode="row">
    <xsl:variable name="row" select="."/>
    <tr>
      <xsl:for-each select="../l:column[not(contains(@key, '-code'))]">
        <td data-title="{@title}">
          <xsl:if test="@number"><xsl:attribute name="class">number</xsl:attribute></xsl:if>
          <xsl:apply-templates select="$row/@*[name() = current()/@key]" mode="cell"/>
        </td>
      </xsl:for-each>
    </tr>
  </xsl:template>

  <xsl:template match="@*" mode="cell"><bdi><xsl:value-of select="."/></bdi></xsl:template>
  <xsl:template match="@code | @case" mode="cell">
    <a href="/case/{.}"><bdi dir="ltr"><xsl:value-of select="."/></bdi></a>
  </xsl:template>

  <!-- ==== forms -->

  <!-- What every form of a session brings along. -->
  <xsl:template name="tokens">
    <input type="hidden" class="made" name="token" value="{$page/@token}"/>
    <input type="hidden" class="made" name="once" value="{$page/@once}"/>
  </xsl:template>

  <!-- A form of one button. -->
  <xsl:template name="button-form">
    <xsl:param name="action"/>
    <xsl:param name="label"/>
    <xsl:param name="class" select="'second'"/>
    <form method="post" action="{$action}">
      <xsl:call-template name="tokens"/>
      <button class="{$class}"><xsl:value-of select="$label"/></button>
    </form>
  </xsl:template>

  <!-- A field with its label above, its hint, and what stands. -->
  <xsl:template name="input">
    <xsl:param name="name"/>
    <xsl:param name="id" select="$name"/>
    <xsl:param name="label"/>
    <xsl:param name="hint" select="''"/>
    <xsl:param name="type" select="'text'"/>
    <xsl:param name="value" select="''"/>
    <xsl:param name="autocomplete" select="'off'"/>
    <xsl:param name="required" select="true()"/>
    <div class="field">
      <label for="f-{$id}"><xsl:value-of select="$label"/></label>
      <xsl:if test="$hint != ''"><p class="hint" id="h-{$id}"><xsl:value-of select="$hint"/></p></xsl:if>
      <input id="f-{$id}" name="{$name}" type="{$type}" autocomplete="{$autocomplete}" spellcheck="false" autocapitalize="none">
        <xsl:if test="$type = 'text'"><xsl:attribute name="dir">auto</xsl:attribute></xsl:if>
        <xsl:if test="$type != 'password' and $type != 'file'"><xsl:attribute name="value"><xsl:value-of select="$value"/></xsl:attribute></xsl:if>
        <xsl:if test="$hint != ''"><xsl:attribute name="aria-describedby">h-<xsl:value-of select="$id"/></xsl:attribute></xsl:if>
        <xsl:if test="$required"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
      </input>
    </div>
  </xsl:template>

  <xsl:template name="textarea">
    <xsl:param name="name"/>
    <xsl:param name="id" select="$name"/>
    <xsl:param name="label"/>
    <xsl:param name="hint" select="''"/>
    <xsl:param name="least" select="0"/>
    <div class="field">
      <label for="f-{$id}"><xsl:value-of select="$label"/></label>
      <xsl:if test="$hint != ''"><p class="hint" id="h-{$id}"><xsl:value-of select="$hint"/></p></xsl:if>
      <textarea autocomplete="off" id="f-{$id}" name="{$name}" dir="auto" rows="4">
        <xsl:if test="$least &gt; 0"><xsl:attribute name="required">required</xsl:attribute><xsl:attribute name="minlength"><xsl:value-of select="$least"/></xsl:attribute></xsl:if>
        <xsl:if test="$hint != ''"><xsl:attribute name="aria-describedby">h-<xsl:value-of select="$id"/></xsl:attribute></xsl:if>
      </textarea>
    </div>
  </xsl:template>

  <!-- One of a few: OPTIONS are elements with a template in mode "option". -->
  <xsl:template name="radios">
    <xsl:param name="name"/>
    <xsl:param name="label"/>
    <xsl:param name="options"/>
    <fieldset class="field">
      <legend><xsl:value-of select="$label"/></legend>
      <xsl:apply-templates select="$options" mode="option">
        <xsl:with-param name="name" select="$name"/>
      </xsl:apply-templates>
    </fieldset>
  </xsl:template>

  <!-- One of CODES, which are apart by spaces; the words are KEY.CODE. -->
  <xsl:template name="select-coded">
    <xsl:param name="name"/>
    <xsl:param name="label"/>
    <xsl:param name="key"/>
    <xsl:param name="codes"/>
    <xsl:param name="chosen" select="''"/>
    <xsl:param name="none" select="''"/>
    <div class="field">
      <label for="f-{$name}"><xsl:value-of select="$label"/></label>
      <select id="f-{$name}" name="{$name}">
        <xsl:if test="$none != ''"><option value=""><xsl:value-of select="$none"/></option></xsl:if>
        <xsl:call-template name="select-options">
          <xsl:with-param name="key" select="$key"/>
          <xsl:with-param name="codes" select="normalize-space($codes)"/>
          <xsl:with-param name="chosen" select="$chosen"/>
        </xsl:call-template>
      </select>
    </div>
  </xsl:template>

  <xsl:template name="select-options">
    <xsl:param name="key"/>
    <xsl:param name="codes"/>
    <xsl:param name="chosen"/>
    <xsl:variable name="code" select="substring-before(concat($codes, ' '), ' ')"/>
    <xsl:variable name="rest" select="substring-after($codes, ' ')"/>
    <option value="{$code}">
      <xsl:if test="$code = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
      <xsl:value-of select="ih:word(concat($key, '.', $code), '')"/>
    </option>
    <xsl:if test="$rest != ''">
      <xsl:call-template name="select-options">
        <xsl:with-param name="key" select="$key"/>
        <xsl:with-param name="codes" select="$rest"/>
        <xsl:with-param name="chosen" select="$chosen"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
