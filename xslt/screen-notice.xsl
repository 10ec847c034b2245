<?xml version="1.0" encoding="UTF-8"?>
<!-- What is the same for everybody: the log-in, and what is said where there
     is nobody to ask. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    exclude-result-prefixes="ih p">

  <xsl:template match="p:page[@screen = 'notice']" mode="title">
    <xsl:value-of select="ih:word('screen.title.notice', '')"/>
  </xsl:template>

  <xsl:template match="p:page[@screen = 'notice']" mode="main">
    <h1><xsl:value-of select="ih:word(concat('screen.notice.', @notice, '.title'), '')"/></h1>
    <xsl:if test="ih:has-word(concat('screen.notice.', @notice))"><p><xsl:value-of select="ih:word(concat('screen.notice.', @notice), '')"/></p></xsl:if>
    <p><a class="button" href="/"><xsl:value-of select="ih:word('screen.home', '')"/></a></p>
  </xsl:template>

  <!-- Nothing to read, nothing to press. -->
  <xsl:template match="p:page[@notice = 'left']" priority="2">
    <html lang="{@lang}" dir="{@dir}">
      <head><title><xsl:value-of select="ih:word('screen.notice.left.title', '')"/></title><link rel="stylesheet" href="/style.css"/></head>
      <body class="of-left"><main><h1><xsl:value-of select="ih:word('screen.notice.left.title', '')"/></h1><p><xsl:value-of select="ih:word('screen.notice.left', '')"/></p></main></body>
    </html>
  </xsl:template>

  <!-- The log-in, with what was wrong above it. -->
  <xsl:template match="p:page[@notice = 'login' or @notice = 'refused' or @notice = 'wait' or @notice = 'over']" mode="main" priority="1">
    <h1><xsl:value-of select="ih:word('screen.login.title', '')"/></h1>
    <xsl:if test="@notice != 'login'">
      <div class="failure" role="alert" tabindex="-1" id="failure"><p><xsl:value-of select="ih:word(concat('screen.notice.', @notice), '')"/></p></div>
    </xsl:if>
    <form method="post" action="/login" class="login">
      <xsl:call-template name="input">
        <xsl:with-param name="name" select="'user'"/>
        <xsl:with-param name="label" select="ih:word('screen.login.user', '')"/>
        <xsl:with-param name="autocomplete" select="'username'"/>
      </xsl:call-template>
      <xsl:call-template name="input">
        <xsl:with-param name="name" select="'passphrase'"/>
        <xsl:with-param name="label" select="ih:word('screen.login.passphrase', '')"/>
        <xsl:with-param name="type" select="'password'"/>
        <xsl:with-param name="autocomplete" select="'current-password'"/>
      </xsl:call-template>
      <button><xsl:value-of select="ih:word('screen.login.do', '')"/></button>
    </form>
  </xsl:template>
</xsl:stylesheet>
