<?xml version="1.0" encoding="UTF-8"?>
<!-- This is where an example is read against its instrument; nothing is
     printed where there is no fault.  "digest" is that of the instrument. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:a="urn:ihala:answers:1" xmlns:i="urn:ihala:instrument:1">
  <!-- for what stands for an item -->
  <xsl:import href="../assess/oracle.xsl"/>
  <xsl:param name="digest"/>
  <xsl:variable name="answers" select="/a:answers"/>
  <xsl:variable name="instrument" select="document(concat('../../xml/instrument/', $answers/@instrument, '.xml'))/i:instrument"/>

  <xsl:template match="/">
    <xsl:if test="$answers/@digest != $digest">the digest is stale: run sh tests/examples.sh&#10;</xsl:if>
    <xsl:if test="$answers/@version != $instrument/@version">the version is not that of the instrument&#10;</xsl:if>
    <xsl:if test="not($answers/@training = 'true')">not marked as invented: training="true" is missing&#10;</xsl:if>
    <xsl:variable name="told"><xsl:apply-templates select="$answers" mode="told"/></xsl:variable>
    <xsl:for-each select="$answers/a:answer">
      <xsl:variable name="answer" select="."/>
      <xsl:variable name="item" select="$instrument/i:section/i:item[@id = current()/@item]"/>
      <xsl:choose>
        <xsl:when test="not($item)"><xsl:value-of select="concat('no item ', @item, '&#10;')"/></xsl:when>
        <xsl:otherwise>
          <xsl:variable name="state" select="substring-before(substring-after($told, concat(' ', @item, '=')), '|')"/>
          <xsl:variable name="codes" select="$instrument/i:choices[@id = $item/@choices]/i:choice/@code"/>
          <xsl:if test="$item/@choices and a:value[not(. = $codes)]"><xsl:value-of select="concat('item ', @item, ' has an unknown code&#10;')"/></xsl:if>
          <xsl:if test="$item/@type != 'choices' and count(a:value) &gt; 1"><xsl:value-of select="concat('item ', @item, ' has more than one value&#10;')"/></xsl:if>
          <xsl:if test="$item/@type = 'number' and a:value[not(number() &gt;= $item/@least and number() &lt;= $item/@most)]"><xsl:value-of select="concat('item ', @item, ' is out of range&#10;')"/></xsl:if>
          <xsl:if test="$state = 'not-asked' and not(@state = 'not-asked')"><xsl:value-of select="concat('item ', @item, ' was to be skipped&#10;')"/></xsl:if>
          <xsl:if test="preceding-sibling::a:answer[@item = $answer/@item]"><xsl:value-of select="concat('item ', @item, ' is answered twice&#10;')"/></xsl:if>
          <!-- "none of these" beside one of these -->
          <xsl:if test="count(a:value) &gt; 1 and a:value[. = 'none' or . = 'None']"><xsl:value-of select="concat('item ', @item, ' is none and some at once&#10;')"/></xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <!-- names of people must be plainly invented -->
    <xsl:for-each select="$answers/a:answer[@item = 'name' or @item = 'name-latin']/a:value">
      <xsl:if test="not(contains(., 'Exemple') or contains(., 'Example') or contains(., 'Mithal') or contains(., 'مثال'))"><xsl:value-of select="concat('item ', ../@item, ' is not plainly invented&#10;')"/></xsl:if>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
