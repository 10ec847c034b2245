<?xml version="1.0" encoding="UTF-8"?>
<!-- The frame of every screen: what stands in the same place on each.  What a
     screen shows is a template in mode "main" for its name; one without a
     template of its own shows what its commands printed. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    xmlns:l="urn:ihala:listing:1" exclude-result-prefixes="ih p l">
  <xsl:include href="screen-parts.xsl"/>
  <xsl:include href="screen-typed.xsl"/>
  <xsl:include href="screen-notice.xsl"/>
  <xsl:include href="screen-interview.xsl"/>
  <xsl:include href="screen-case.xsl"/>
  <xsl:include href="screen-letter.xsl"/>
  <xsl:include href="screen-committee.xsl"/>
  <xsl:include href="screen-office.xsl"/>
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:param name="tongue"/>
  <xsl:variable name="page" select="/p:page"/>

  <xsl:template match="/p:page">
    <html lang="{@lang}" dir="{@dir}">
      <head>
        <title><xsl:apply-templates select="." mode="title"/></title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <link rel="stylesheet" href="/style.css"/>
        <script src="/script.js" defer="defer"></script>
      </head>
      <body class="of-{@screen}">
        <a class="skip" href="#main"><xsl:value-of select="ih:word('screen.skip', '')"/></a>
        <header>
          <xsl:call-template name="leave"/>
          <xsl:call-template name="languages"/>
          <xsl:if test="p:link">
            <nav aria-label="{ih:word('screen.nav', '')}">
              <ul>
                <xsl:for-each select="p:link[@group = 'main']"><xsl:call-template name="link"/></xsl:for-each>
              </ul>
              <xsl:if test="p:link[@group = 'committee']">
                <ul>
                  <xsl:for-each select="p:link[@group = 'committee']"><xsl:call-template name="link"/></xsl:for-each>
                </ul>
              </xsl:if>
            </nav>
          </xsl:if>
          <xsl:if test="@training"><p class="training"><xsl:value-of select="ih:word('screen.training', '')"/></p></xsl:if>
        </header>
        <main id="main" tabindex="-1">
          <xsl:call-template name="main"/>
        </main>
        <xsl:if test="@user">
          <footer>
            <p><a href="/account"><xsl:value-of select="ih:say('screen.user', '', string(@user))"/></a></p>
            <form method="post" action="/logout"><button class="plain"><xsl:value-of select="ih:word('screen.logout', '')"/></button></form>
          </footer>
        </xsl:if>
      </body>
    </html>
  </xsl:template>

  <!-- Neutral: a tab tells whoever looks over the shoulder nothing. -->
  <xsl:template match="p:page" mode="title">
    <xsl:choose>
      <xsl:when test="p:failure"><xsl:value-of select="ih:word('screen.title.failure', '')"/></xsl:when>
      <xsl:when test="ih:has-word(concat('screen.title.', @screen))"><xsl:value-of select="ih:word(concat('screen.title.', @screen), '')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="ih:word('screen.title.work', '')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="link">
    <li><a href="{@path}">
      <xsl:if test="@screen = $page/@screen"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
      <xsl:value-of select="ih:word(concat('screen.link.', @screen), '')"/>
    </a></li>
  </xsl:template>

  <!-- Not asked for anything: whoever has to leave leaves. -->
  <xsl:template name="leave">
    <form method="post" action="/leave" class="leave"><button id="leave"><xsl:value-of select="ih:word('screen.leave', '')"/></button></form>
  </xsl:template>

  <xsl:template name="languages">
    <form method="post" action="/language" class="languages">
      <input type="hidden" name="back" value="{@path}"/>
      <xsl:call-template name="language"><xsl:with-param name="tag" select="'ar'"/><xsl:with-param name="name" select="'العربية'"/></xsl:call-template>
      <xsl:call-template name="language"><xsl:with-param name="tag" select="'fr'"/><xsl:with-param name="name" select="'Français'"/></xsl:call-template>
      <xsl:call-template name="language"><xsl:with-param name="tag" select="'en'"/><xsl:with-param name="name" select="'English'"/></xsl:call-template>
    </form>
  </xsl:template>

  <!-- Each in its own language, so that nobody has to read another. -->
  <xsl:template name="language">
    <xsl:param name="tag"/>
    <xsl:param name="name"/>
    <xsl:if test="$tag != $page/@lang">
      <button class="plain" name="language" value="{$tag}" lang="{$tag}"><xsl:value-of select="$name"/></button>
    </xsl:if>
  </xsl:template>

  <!-- What comes before anything that is said. -->
  <xsl:template match="p:page" mode="first"/>

  <!-- ==== what a screen without a template of its own shows -->
  <xsl:template match="p:page" mode="main">
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <xsl:apply-templates select="p:data"/>
  </xsl:template>
</xsl:stylesheet>
