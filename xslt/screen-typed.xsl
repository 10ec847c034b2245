<?xml version="1.0" encoding="UTF-8"?>
<!-- A form that was refused is shown as it was filled in.  A screen is made
     first, as for whoever comes to it; then what was typed is put into the
     form that was sent, whatever its fields are.  A form knows nothing of it:
     its hidden fields say which of several it is, but those of class "made",
     which each page makes anew. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:p="urn:ihala:page:1"
    exclude-result-prefixes="ih p">

  <xsl:variable name="typed" select="$page/p:typed"/>

  <xsl:template name="main">
    <xsl:choose>
      <xsl:when test="@refused">
        <xsl:variable name="made"><xsl:apply-templates select="." mode="main"/></xsl:variable>
        <xsl:call-template name="refilled"><xsl:with-param name="made" select="ih:nodes($made)"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="." mode="first"/>
        <xsl:apply-templates select="p:failure | p:said"/>
        <xsl:apply-templates select="." mode="main"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="refilled">
    <xsl:param name="made"/>
    <xsl:variable name="forms" select="$made//form[@action = $page/@refused or .//button/@formaction = $page/@refused]"/>
    <xsl:variable name="like">
      <xsl:for-each select="$forms">
        <xsl:variable name="unlike">
          <xsl:for-each select=".//input[@type = 'hidden'][not(@class = 'made')]"><xsl:if test="not($typed[@name = current()/@name] = @value)">.</xsl:if></xsl:for-each>
        </xsl:variable>
        <xsl:if test="$unlike = ''"><xsl:value-of select="concat(position(), ' ')"/></xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="form" select="$forms[position() = substring-before($like, ' ')]"/>
    <xsl:variable name="fault" select="$form//*[@name = $page/p:failure[@code = 'E_FIELD' or @code = 'E_FIELD_MISSING']/p:place][not(@type = 'hidden')][1]"/>
    <xsl:apply-templates select="p:failure">
      <xsl:with-param name="place" select="($fault[@type = 'radio' or @type = 'checkbox']/ancestor::fieldset[1]/legend | $form//label[@for = $fault[not(@type = 'radio' or @type = 'checkbox')]/@id])[1]"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="p:said"/>
    <xsl:call-template name="left-over"><xsl:with-param name="names" select="$form//@name"/></xsl:call-template>
    <xsl:apply-templates select="$made/node()" mode="around"><xsl:with-param name="form" select="$form"/></xsl:apply-templates>
  </xsl:template>

  <!-- What has no field any more, or no form: it can be taken from here. -->
  <xsl:template name="left-over">
    <xsl:param name="names"/>
    <xsl:variable name="written" select="$typed[normalize-space(.) != ''][not(@name = $names)][not(. = $page/p:field)]"/>
    <xsl:if test="$written">
      <section>
        <h2><xsl:value-of select="ih:word('screen.typed', '')"/></h2>
        <xsl:for-each select="$written"><p class="written" dir="auto"><xsl:value-of select="."/></p></xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- ==== around it: as it is, but nothing hides it -->
  <xsl:template match="node()" mode="around">
    <xsl:param name="form"/>
    <xsl:choose>
      <xsl:when test="self::form and count(. | $form) = 1">
        <form>
          <xsl:copy-of select="@*"/>
          <xsl:if test=".//input[@type = 'file' or @type = 'password']"><p class="note"><xsl:value-of select="ih:word('screen.typed.again', '')"/></p></xsl:if>
          <xsl:apply-templates mode="refill"/>
        </form>
      </xsl:when>
      <xsl:when test=".//form[count(. | $form) = 1]">
        <xsl:copy>
          <xsl:copy-of select="@*"/>
          <xsl:if test="self::details"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
          <xsl:apply-templates mode="around"><xsl:with-param name="form" select="$form"/></xsl:apply-templates>
        </xsl:copy>
      </xsl:when>
      <xsl:otherwise><xsl:copy-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== in it: each kind of field -->
  <xsl:template match="node()" mode="refill">
    <xsl:copy><xsl:copy-of select="@*"/><xsl:apply-templates mode="refill"/></xsl:copy>
  </xsl:template>

  <xsl:template match="details" mode="refill">
    <details>
      <xsl:copy-of select="@*"/>
      <xsl:if test="$typed[. != '']/@name = .//*[self::input or self::select or self::textarea]/@name"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <xsl:apply-templates mode="refill"/>
    </details>
  </xsl:template>

  <!-- What came twice under one name stands in as many fields, in its order. -->
  <xsl:template match="input" mode="refill">
    <xsl:variable name="before" select="preceding::input[@name = current()/@name][count(ancestor::form | current()/ancestor::form) = 1]"/>
    <input>
      <xsl:copy-of select="@*[name() != 'value']"/>
      <xsl:attribute name="value"><xsl:value-of select="$typed[@name = current()/@name][count($before) + 1]"/></xsl:attribute>
    </input>
  </xsl:template>

  <xsl:template match="input[@type = 'hidden' or @type = 'file' or @type = 'password']" mode="refill" priority="1">
    <xsl:copy-of select="."/>
  </xsl:template>

  <xsl:template match="input[@type = 'checkbox' or @type = 'radio']" mode="refill" priority="1">
    <input>
      <xsl:copy-of select="@*[name() != 'checked']"/>
      <xsl:if test="$typed[@name = current()/@name] = @value"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
    </input>
  </xsl:template>

  <xsl:template match="select//option" mode="refill">
    <option>
      <xsl:copy-of select="@*[name() != 'selected']"/>
      <xsl:if test="$typed[@name = current()/ancestor::select/@name][1] = @value"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
      <xsl:copy-of select="node()"/>
    </option>
  </xsl:template>

  <xsl:template match="textarea" mode="refill">
    <textarea>
      <xsl:copy-of select="@*"/>
      <xsl:value-of select="$typed[@name = current()/@name][1]"/>
    </textarea>
  </xsl:template>
</xsl:stylesheet>
